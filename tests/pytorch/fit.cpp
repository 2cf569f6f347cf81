#include "agreement.hpp"

#include <inlay/inlay.hpp>

namespace {

constexpr pytorch::quantity expected[] = {
#include "expected/fit.inc"
};

/// Full batches, so that the order of the samples does not matter: five epochs are five steps.
template <class Net, class Optimizer>
void five_epochs(const std::string& name, Optimizer optimizer, inlay::fit_options options = {}) {
  using T = typename Net::scalar;
  using input_type = typename Net::input_type;
  using output_type = typename Net::output_type;
  const auto xs = pytorch::samples<input_type>("fit inputs", 24);
  const auto targets = pytorch::samples<output_type>("fit targets", 24);
  const auto parameters = pytorch::numbers<T>("fit parameters", Net::parameter_count, 0.5);
  Net net{};
  inlay::set_parameters(net, std::span<const T, Net::parameter_count>{parameters});

  options.epochs = 5;
  options.batch_size = 24;
  options.seed = 1;
  const auto losses =
      inlay::fit(net, optimizer, inlay::mean_squared_error{}, std::span<const input_type>{xs},
                 std::span<const output_type>{targets}, options);

  std::vector<T> history;
  for (const auto loss : losses)
    history.push_back(static_cast<T>(loss));
  pytorch::check<T>(history, expected, name + " history");
  pytorch::check<T>(inlay::get_parameters(net), expected, name + " parameters");
}

} // namespace

TEMPLATE_TEST_CASE("fit agrees with a PyTorch training loop", "[pytorch]", float, double) {
  using T = TestType;
  using net_t = inlay::basic_network<T, inlay::input<4>, inlay::dense<16, inlay::tanh>, inlay::dense<3>>;
  five_epochs<net_t>("sgd", inlay::sgd<net_t>{});
  five_epochs<net_t>("sgd nesterov",
                     inlay::sgd<net_t>{{.learning_rate = T(0.125), .momentum = T(0.9), .nesterov = true}});
  five_epochs<net_t>("adam", inlay::adam<net_t>{});
  five_epochs<net_t>("adamw", inlay::adamw<net_t>{});
  five_epochs<net_t>("rmsprop", inlay::rmsprop<net_t>{});
}

namespace {

/// The same steps, one by one: train_step with options, and backpropagate with step().
template <class Net, class Optimizer>
void five_steps(const std::string& name, Optimizer optimizer, const inlay::step_options& options, auto rate) {
  using T = typename Net::scalar;
  const auto xs = pytorch::samples<typename Net::input_type>("fit inputs", 24);
  const auto targets = pytorch::samples<typename Net::output_type>("fit targets", 24);
  const auto parameters = pytorch::numbers<T>("fit parameters", Net::parameter_count, 0.5);
  Net net{}, other{}, grad{};
  inlay::set_parameters(net, std::span<const T, Net::parameter_count>{parameters});
  other = net;
  Optimizer others = optimizer;
  std::vector<T> history;
  for (std::size_t step = 0; step < 5; ++step) {
    auto how = options;
    how.learning_rate = rate(step);
    history.push_back(inlay::train_step(net, optimizer, inlay::mean_squared_error{}, xs, targets, grad, how));
    inlay::zero_gradient(grad);
    inlay::backpropagate(other, xs, targets, inlay::mean_squared_error{}, grad);
    inlay::step(other, others, grad, how);
  }
  pytorch::check<T>(history, expected, name + " history");
  pytorch::check<T>(inlay::get_parameters(net), expected, name + " parameters");
  pytorch::check<T>(inlay::get_parameters(other), expected, name + " parameters");
}

template <class Net, class Optimizer>
void with_options(const std::string& name, const Optimizer& optimizer) {
  const inlay::warm_up scheduled(4, inlay::cosine_schedule{.learning_rate = 0.0625, .t_max = 8});
  const auto own = [](std::size_t) { return -1.0; };
  five_epochs<Net>(name + " clipped", optimizer, {.clip_gradient_norm = 0.125});
  five_epochs<Net>(name + " scheduled", optimizer, {.learning_rate = scheduled});
  five_epochs<Net>(name + " frozen", optimizer, {.freeze = {1}});
  five_epochs<Net>(name + " frozen and clipped", optimizer, {.clip_gradient_norm = 0.125, .freeze = {1}});
  five_steps<Net>(name + " clipped", optimizer, {.clip_gradient_norm = 0.125}, own);
  five_steps<Net>(name + " scheduled", optimizer, {}, scheduled);
  five_steps<Net>(name + " frozen", optimizer, {.freeze = {1}}, own);
  five_steps<Net>(name + " frozen and clipped", optimizer, {.clip_gradient_norm = 0.125, .freeze = {1}}, own);
}

} // namespace

TEMPLATE_TEST_CASE("clipped, scheduled and with a frozen layer, fit and single steps agree with PyTorch", "[pytorch]", float, double) {
  using T = TestType;
  using net_t = inlay::basic_network<T, inlay::input<4>, inlay::dense<16, inlay::tanh>, inlay::dense<3>>;
  constexpr T rate(0.0625), decay(0.25), epsilon(0x1p-10);
  with_options<net_t>("sgd", inlay::sgd<net_t>{{.learning_rate = rate, .momentum = T(0.9), .weight_decay = decay}});
  with_options<net_t>("adam", inlay::adam<net_t>{{.learning_rate = rate, .epsilon = epsilon, .weight_decay = decay}});
  with_options<net_t>("adamw", inlay::adamw<net_t>{{.learning_rate = rate, .epsilon = epsilon, .weight_decay = decay}});
  with_options<net_t>("rmsprop", inlay::rmsprop<net_t>{{.learning_rate = rate, .alpha = T(0.875), .epsilon = epsilon, .weight_decay = decay, .momentum = T(0.75)}});
}
