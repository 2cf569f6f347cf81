#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("rescale layers keep the laws") {
  CHECK(laws::toy_broken<network<input<3>, rescale<>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, input<3, 5, 4>, rescale<>, conv2d<5, 2, 2, inlay::tanh>, rescale<>>>() == "");
}

TEST_CASE("rescale is fixed: no parameter, no step moves it") {
  network<input<2>, rescale<>, dense<1>> net{}, grad{};
  initialize(net, 1);
  static_assert(net.parameter_count == 3 && net.statistic_count == 4);
  CHECK(get_statistics(net) == std::array{1.f, 1.f, 0.f, 0.f});
  set_statistics(net, std::array{2.f, 3.f, -1.f, 0.5f});
  set_parameters(net, std::array{1.f, 10.f, 0.f});
  CHECK(get_statistics(net) == std::array{2.f, 3.f, -1.f, 0.5f});
  CHECK(net({1, 1})[0] == (2 - 1) + 10 * (3 + 0.5f));
  adamw<decltype(net)> optimizer{{.learning_rate = 0.1f, .weight_decay = 1}};
  const std::array x{1.f, 2.f};
  const std::array y{5.f};
  train_step(net, optimizer, mean_squared_error{}, x, y);
  backpropagate(net, x, y, mean_squared_error{}, grad);
  optimizer.step(net, grad);
  CHECK(get_statistics(net) == std::array{2.f, 3.f, -1.f, 0.5f});
}
