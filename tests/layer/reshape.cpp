#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("reshapes keep the laws, first, in the middle, last and in a residual") {
  CHECK(laws::toy_broken<network<input<6>, inlay::reshape<2, 3>, conv1d<2, 2, inlay::tanh>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 3>, inlay::reshape<3, 2>>>() == "");
  CHECK(laws::broken<basic_network<double, input<2, 9>, conv1d<4, 4>, inlay::reshape<2, 3, 4>, conv2d<3, 2, 2, relu>>>() == "");
  CHECK(laws::broken<network<input<12>, residual<dense<12, inlay::tanh>, inlay::reshape<3, 4>, conv1d<3, 1>, inlay::reshape<12>>>>() == "");
}

TEST_CASE("a reshape leaves the numbers in their order") {
  constexpr network<input<2, 3>, inlay::reshape<3, 1, 2>, inlay::reshape<6>, inlay::reshape<3, 2>> net{};
  static_assert(net.parameter_count == 0 && net.multiply_adds == 0);
  static_assert(std::same_as<decltype(net)::output_shape, shape<3, 2>>);
  static_assert(net(std::array{1.f, 2.f, 3.f, 4.f, 5.f, 6.f}) == std::array{1.f, 2.f, 3.f, 4.f, 5.f, 6.f});
}

TEST_CASE("behind a transpose a reshape makes an image of what has its channels last") {
  using last = network<input<20, 3>, inlay::transpose, inlay::reshape<3, 4, 5>, conv2d<2, 2, 3, relu>>;
  using first = network<input<3, 4, 5>, conv2d<2, 2, 3, relu>>;
  const auto with = laws::made<last>(1);
  first without{};
  set_parameters(without, get_parameters(with));
  const auto x = laws::noise_array<float, 60>(2);
  std::array<float, 60> turned{};
  for (std::size_t p = 0; p < 20; ++p)
    for (std::size_t c = 0; c < 3; ++c) turned[c * 20 + p] = x[p * 3 + c];
  CHECK(with(x) == without(turned));
}
