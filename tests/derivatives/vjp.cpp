// The product of a vector and the Jacobian is that of the whole Jacobian, and the gradient of a loss.
#include "derivatives/nets.hpp"

using namespace inlay;

TEMPLATE_LIST_TEST_CASE("vjp is dy times the Jacobian", "", derivatives::nets<double>) {
  const auto net = laws::made<TestType>(1);
  const auto x = laws::noise_array<double, TestType::inputs>(2);
  const auto dy = laws::noise_array<double, TestType::outputs>(3);
  const auto [y, dx] = vjp(net, x, dy);
  const auto whole = jacobian(net, x);
  CHECK(y == whole.value);
  for (std::size_t i = 0; i < TestType::inputs; ++i) {
    double wanted = 0;
    for (std::size_t o = 0; o < TestType::outputs; ++o)
      wanted += dy[o] * whole.jacobian[o][i];
    CHECK(dx[i] == Approx(wanted).epsilon(1e-12).margin(1e-13));
  }
}

TEST_CASE("with the gradient of a loss by the outputs it is that by the inputs") {
  using net_t = basic_network<double, input<3>, dense<5, inlay::tanh>, dense<2>>;
  const auto net = laws::made<net_t>(1);
  const auto x = laws::noise_array<double, 3>(2), target = laws::noise_array<double, 3>(4);
  const std::array wanted{target[0], target[1]};
  const auto y = net(x);
  const auto dx = vjp(net, x, std::array{y[0] - wanted[0], y[1] - wanted[1]}).gradient; // of the mean of squares, which halves nothing
  const auto gradient = input_gradient(net, x, wanted, mean_squared_error{});
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(dx[i] == Approx(gradient[i]));
}
