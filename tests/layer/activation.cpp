#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("activation layers keep the laws, first, in the middle and last") {
  CHECK(laws::toy_broken<network<input<3>, inlay::activation<inlay::tanh>, dense<5>, inlay::activation<sigmoid>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 2>, inlay::activation<inlay::tanh>>>() == "");
  CHECK(laws::broken<basic_network<double, input<3>, dense<19>, inlay::activation<silu>, dense<2>>>() == "");
}

TEST_CASE("activations of whole rows keep the laws, as layers and as the σ of one") {
  CHECK(laws::toy_broken<network<input<3>, dense<5, softmax>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<3>, inlay::activation<log_softmax>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, input<7>, dense<17, log_softmax>, inlay::activation<softmax>>>() == "");
}

TEST_CASE("an activation layer is that activation of each number, whatever the shape") {
  constexpr network<input<2, 3>, inlay::activation<relu>> net{};
  static_assert(net.parameter_count == 0 && net.multiply_adds == 0 && sizeof net <= 64);
  static_assert(std::same_as<decltype(net)::output_shape, shape<2, 3>>);
  const auto y = net(std::array{1.f, -1.f, 2.f, -2.f, 0.f, 3.f});
  CHECK(y == std::array{1.f, 0.f, 2.f, 0.f, 0.f, 3.f});
}

/// The loss and both gradients of a net whose last σ is in the layer, or is a layer.
template <class Net, class Loss>
auto trained_on(Loss loss) {
  Net grad{};
  const auto net = laws::made<Net>(1);
  const auto x = laws::noise_array<double, Net::inputs>(2);
  const std::array<double, Net::outputs> target{0.25, 0.5, 0.25};
  const double value = backpropagate(net, x, target, loss, grad);
  return std::tuple(value, get_parameters(grad), input_gradient(net, x, target, loss));
}

TEST_CASE("a loss that enters at z does so through an activation layer too") {
  const auto in_one = trained_on<basic_network<double, input<4>, dense<3, softmax>>>(negative_log_likelihood{});
  const auto in_two = trained_on<basic_network<double, input<4>, dense<3>, inlay::activation<softmax>>>(negative_log_likelihood{});
  CHECK(in_one == in_two);
  CHECK(trained_on<basic_network<double, input<4>, dense<3, log_softmax>>>(cross_entropy{}) ==
        trained_on<basic_network<double, input<4>, dense<3>, inlay::activation<log_softmax>>>(cross_entropy{}));
}
