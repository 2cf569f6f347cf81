#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("prelu layers keep the laws: one slope, one a number, one a channel; first, in the middle and last") {
  CHECK(laws::toy_broken<network<input<3>, prelu<>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 3>, prelu<2>>>() == "");
  CHECK(laws::broken<network<input<5>, dense<19>, prelu<19>, residual<dense<7>, prelu<>, dense<19>>, prelu<>>>() == "");
  CHECK(laws::broken<basic_network<double, input<3, 11>, conv1d<4, 3>, prelu<4>, dense<2>>>() == "");
}

TEST_CASE("prelu is torch.nn.PReLU") {
  network<input<2, 3>, prelu<2>> net{}, grad{};
  initialize(net, 1);
  CHECK(get_parameters(net) == std::array{0.25f, 0.25f});
  set_parameters(net, std::array{0.25f, -2.f});
  const std::array x{1.f, -1.f, -4.f, -3.f, 0.f, 2.f};
  CHECK(net(x) == std::array{1.f, -0.25f, -1.f, 6.f, 0.f, 2.f});
  // ∇a of the sum of |a| over 6: sign(a) / 6; slopes get ∇a min(x, 0), inputs ∇a (x > 0 ? 1 : w)
  const decltype(net)::output_type zero{};
  CHECK(backpropagate(net, x, zero, mean_absolute_error{}, grad) == Approx((1 + 0.25 + 1 + 6 + 0 + 2) / 6));
  CHECK(get_parameters(grad)[0] == Approx((1.0 + 4.0) / 6));
  CHECK(get_parameters(grad)[1] == Approx(-3.0 / 6));
  const auto dx = input_gradient(net, x, zero, mean_absolute_error{});
  CHECK(dx[1] == Approx(-0.25 / 6));
  CHECK(dx[3] == Approx(-2.0 / 6));
}
