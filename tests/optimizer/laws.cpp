#include "laws/optimizer.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

namespace {

template <class T>
using net_of = basic_network<T, input<2, 5>, conv1d<3, 2, inlay::tanh>, dense<9, relu>, residual<dense<9>>, dense<2>>;
template <class T>
using toy_of = basic_network<T, input<3>, dense<5>, dense<1>>;

/// Both scalars, and the options that choose another rule.
template <template <class> class Optimizer, class T>
laws::finding broken(auto options) {
  using net_t = net_of<T>;
  return laws::steps_by_compiler_and_program<toy_of<T>, Optimizer>(options) +
         laws::padding_after_steps<net_t>(Optimizer<net_t>{options()}) +
         laws::train_step_is_backpropagate_and_step<net_t>(Optimizer<net_t>{options()});
}

} // namespace

TEMPLATE_TEST_CASE("optimizers keep the laws", "[optimizer]", float, double) {
  using T = TestType;
  CHECK(broken<sgd, T>([]() -> sgd_options<T> { return {.learning_rate = T(0.1), .weight_decay = T(0.01)}; }) == "");
  CHECK(broken<sgd, T>([]() -> sgd_options<T> { return {.learning_rate = T(0.1), .momentum = T(0.9), .dampening = T(0.2)}; }) == "");
  CHECK(broken<sgd, T>([]() -> sgd_options<T> { return {.learning_rate = T(0.1), .momentum = T(0.9), .nesterov = true}; }) == "");
  CHECK(broken<adam, T>([]() -> adam_options<T> { return {.learning_rate = T(0.1), .weight_decay = T(0.01)}; }) == "");
  CHECK(broken<adamw, T>([]() -> adamw_options<T> { return {.learning_rate = T(0.1)}; }) == "");
  CHECK(broken<rmsprop, T>([]() -> rmsprop_options<T> { return {.momentum = T(0.9), .centered = true}; }) == "");
  CHECK(broken<rmsprop, T>([]() -> rmsprop_options<T> { return {.weight_decay = T(0.01)}; }) == "");
}

namespace {

/// Counts its steps into the padding, and steps further at run time.
template <class Net>
struct faulty {
  struct options_type {
  } options{};
  Net momentum{};
  constexpr void step(Net& net, const Net&) noexcept {
    for (auto& x : momentum.theta()) x += 1;
    if (!std::is_constant_evaluated()) net.theta()[0] += typename Net::scalar(0.001);
  }
};

/// Sweeps, and forgets to go down.
template <class Net>
struct forgetful : sgd<Net> {
  constexpr void descend(Net&, const auto& grad) noexcept {
    grad.sweep([](const auto&, const auto&) {});
  }
};

} // namespace

TEMPLATE_TEST_CASE("train_step is backpropagate and step for layers of one register and of two panels", "[optimizer]", float,
                   double) {
  using net_t = basic_network<TestType, input<20>, dense<37, inlay::tanh>, dense<80, relu>, activation<inlay::tanh>, dense<6>>;
  CHECK(laws::train_step_is_backpropagate_and_step<net_t>(sgd<net_t>{{.learning_rate = TestType(0.1)}}) == "");
  CHECK(laws::train_step_is_backpropagate_and_step<net_t>(adam<net_t>{}) == "");
}

TEST_CASE("an optimizer that breaks the laws is found", "[optimizer]") {
  using toy = toy_of<float>;
  CHECK(laws::steps_by_compiler_and_program<toy, faulty>([] { return faulty<toy>::options_type{}; }) != "");
  CHECK(laws::padding_after_steps<toy>(faulty<toy>{}) != "");
  CHECK(laws::train_step_is_backpropagate_and_step<toy>(forgetful<toy>{}) != "");
}
