#include "laws/all.hpp"

#include <inlay/inlay.hpp>

#include <cmath>

using namespace inlay;

TEST_CASE("gated layers keep the laws, of features and of channels, first, in the middle and last") {
  CHECK(laws::toy_broken<network<input<4>, gated<inlay::tanh, sigmoid>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 3>, conv1d<4, 2>, glu>>() == "");
  CHECK(laws::broken<network<input<7>, dense<66>, gated<softmax, silu>, residual<dense<66>, glu>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, input<4, 5, 3>, gated<elu, inlay::tanh>, conv2d<6, 3, 2>, glu, dense<3>>>() == "");
}

TEST_CASE("glu is torch.nn.GLU over features or channels") {
  const std::array x{1., -2., 3., 0., 1., -1.};
  const auto sigma = [](double z) { return 1 / (1 + std::exp(-z)); };
  const auto y = basic_network<double, input<2, 3>, glu>{}(x);
  for (std::size_t i = 0; i < 3; ++i) CHECK(y[i] == Approx(x[i] * sigma(x[3 + i])));
  const auto of_features = basic_network<double, input<6>, gated<inlay::tanh, relu>>{}(x);
  for (std::size_t i = 0; i < 3; ++i) CHECK(of_features[i] == Approx(std::tanh(x[i]) * std::max(x[3 + i], 0.)));
}
