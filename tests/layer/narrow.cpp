#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("narrow layers keep the laws, of features and of channels, first, in the middle and last") {
  CHECK(laws::toy_broken<network<input<5>, narrow<1, 3>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<3, 2>, prelu<3>, narrow<1, 2>>>() == "");
  CHECK(laws::broken<network<input<40>, dense<50, inlay::tanh>, narrow<17, 19>, dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<4, 5, 3>, narrow<1, 3>, conv2d<4, 3, 2, relu>, narrow<0, 1>>>() == "");
}

TEST_CASE("narrow takes what torch.narrow takes along dimension 1") {
  const std::array x{1.f, 2.f, 3.f, 4.f, 5.f, 6.f};
  CHECK(network<input<6>, narrow<2, 3>>{}(x) == std::array{3.f, 4.f, 5.f});
  CHECK(network<input<3, 2>, narrow<1, 2>>{}(x) == std::array{3.f, 4.f, 5.f, 6.f});
  static_assert(std::same_as<network<input<3, 2, 1>, narrow<1, 2>>::output_shape, shape<2, 2, 1>>);
}
