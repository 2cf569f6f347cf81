#include "laws/all.hpp"

#include <inlay/inlay.hpp>

#include <limits>

using namespace inlay;

TEST_CASE("embedding gives a row for each index; one that there is not is clamped") {
  network<input<2>, embedding<3, 2>> net{};
  set_parameters(net, std::array{1.f, 2.f, 3.f, 4.f, 5.f, 6.f});
  CHECK(net({0, 2}) == std::array{1.f, 2.f, 5.f, 6.f});
  CHECK(net({0.6f, 1.4f}) == std::array{3.f, 4.f, 3.f, 4.f});
  CHECK(net({-7, 1e30f}) == std::array{1.f, 2.f, 5.f, 6.f});
  CHECK(net({std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) == std::array{1.f, 2.f, 5.f, 6.f});
}

TEST_CASE("an embedding learns the rows that were asked for, indices have no gradient") {
  basic_network<double, input<3>, embedding<4, 2>, dense<2, inlay::tanh>> net{}, grad{};
  initialize(net, 1);
  const std::array x{1., 3., 1.};
  const std::array y{0.5, -0.5};
  backpropagate(net, x, y, mean_squared_error{}, grad);
  auto theta = get_parameters(net);
  for (std::size_t k = 0; k < 8; ++k) {
    const double before = theta[k], h = 1e-6;
    const auto loss = [&](double at) {
      theta[k] = at;
      set_parameters(net, theta);
      return evaluate(net, mean_squared_error{}, x, y);
    };
    CHECK(get_parameters(grad)[k] == Approx((loss(before + h) - loss(before - h)) / (2 * h)).margin(1e-9));
    loss(before);
  }
  CHECK(input_gradient(net, x, y, mean_squared_error{}) == std::array{0., 0., 0.});
}
