#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("layer_norm layers keep the laws: first, in the middle and last, over images") {
  CHECK(laws::toy_broken<network<input<3>, layer_norm<>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 3>, layer_norm<>>>() == "");
  CHECK(laws::broken<network<input<5>, dense<19>, layer_norm<>, dense<7, inlay::tanh>, layer_norm<>>>() == "");
  CHECK(laws::broken<basic_network<double, input<3, 5, 4>, conv2d<5, 2, 2>, layer_norm<>, dense<2>>>() == "");
}

TEST_CASE("layer_norm is torch.nn.LayerNorm") {
  // torch.nn.functional.layer_norm(torch.tensor([1., 2., 4., 9.], dtype=torch.double), [4])
  basic_network<double, input<4>, layer_norm<>> net{};
  initialize(net, 1);
  const auto y = net({1., 2., 4., 9.});
  CHECK(y[0] == Approx(-3 / std::sqrt(9.5 + 1e-5)).epsilon(1e-12));
  CHECK(y[3] == Approx(5 / std::sqrt(9.5 + 1e-5)).epsilon(1e-12));
}
