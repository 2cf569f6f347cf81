#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("transposes keep the laws, first, in the middle, last and in a residual") {
  CHECK(laws::toy_broken<network<input<5, 2>, inlay::transpose, conv1d<3, 2, inlay::tanh>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 3>, inlay::transpose>>() == "");
  CHECK(laws::broken<basic_network<double, input<2, 9>, conv1d<3, 4>, inlay::transpose, dense<5, relu>>>() == "");
  CHECK(laws::broken<network<input<2, 9>, conv1d<3, 4, inlay::tanh>, inlay::transpose>>() == "");
  CHECK(laws::broken<network<input<9, 2>, residual<inlay::transpose, conv1d<2, 1, inlay::tanh>, inlay::transpose>, dense<3>>>() ==
        "");
}

TEST_CASE("a transpose exchanges the dimensions") {
  constexpr network<input<2, 3>, inlay::transpose> net{};
  static_assert(net.parameter_count == 0 && net.multiply_adds == 0 && sizeof net <= 64);
  static_assert(std::same_as<decltype(net)::output_shape, shape<3, 2>>);
  static_assert(net(std::array{1.f, 2.f, 3.f, 4.f, 5.f, 6.f}) == std::array{1.f, 4.f, 2.f, 5.f, 3.f, 6.f});
  const std::array<float, 6> target{};
  CHECK(input_gradient(net, std::array{1.f, 2.f, 3.f, 4.f, 5.f, 6.f}, target, mean_squared_error{})[1] ==
        Approx(2.f / 6 * 2));
}

TEST_CASE("a convolution between two transposes is one with channels last") {
  using last = network<input<9, 2>, inlay::transpose, conv1d<3, 4, relu>, inlay::transpose>;
  using first = network<input<2, 9>, conv1d<3, 4, relu>>;
  const auto with = laws::made<last>(1);
  first without{};
  set_parameters(without, get_parameters(with));
  const auto x = laws::noise_array<float, 18>(2);
  std::array<float, 18> turned{};
  for (std::size_t p = 0; p < 9; ++p)
    for (std::size_t c = 0; c < 2; ++c) turned[c * 9 + p] = x[p * 2 + c];
  const auto y = with(x), wanted = without(turned);
  for (std::size_t p = 0; p < 6; ++p)
    for (std::size_t c = 0; c < 3; ++c) CHECK(y[p * 3 + c] == wanted[c * 6 + p]);
}
