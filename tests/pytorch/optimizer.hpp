// Five steps of every optimizer on given gradients, on nets of every width.
#pragma once

#include "agreement.hpp"

#include <inlay/inlay.hpp>

#include <memory>

namespace pytorch {

inline constexpr quantity optimizer_expected[] = {
#include "expected/optimizer.inc"
};

/// On the heap: of 784 x 784 doubles, Adam's two moments are 9.8 MB.
template <class Net, class Optimizer>
void five_steps(const std::string& width, const char* name, const std::unique_ptr<Optimizer>& optimizer) {
  using T = typename Net::scalar;
  using flat = std::span<const T, Net::parameter_count>;
  const auto net = std::make_unique<Net>(), grad = std::make_unique<Net>();
  inlay::set_parameters(*net, flat{numbers<T>(width + " start", Net::parameter_count, 0x1p-8)});
  for (int step = 0; step < 5; ++step) {
    const auto gradient =
        numbers<T>(width + " gradient " + std::to_string(step), Net::parameter_count, 0.125);
    inlay::set_parameters(*grad, flat{gradient});
    optimizer->step(*net, *grad);
  }
  const std::unique_ptr<const std::array<T, Net::parameter_count>> found{
      new std::array<T, Net::parameter_count>(inlay::get_parameters(*net))};
  check<T>(*found, optimizer_expected, width + ' ' + name);
}

template <class T, std::size_t w>
void optimizers() {
  using net_t = inlay::basic_network<T, inlay::input<w>, inlay::dense<w, inlay::tanh>, inlay::dense<3>>;
  using sgd = inlay::sgd<net_t>;
  using adam = inlay::adam<net_t>;
  using adamw = inlay::adamw<net_t>;
  using rmsprop = inlay::rmsprop<net_t>;
  const auto step = [width = "width " + std::to_string(w)](const char* name, auto* optimizer) {
    five_steps<net_t>(width, name, std::unique_ptr<std::remove_pointer_t<decltype(optimizer)>>{optimizer});
  };
  constexpr auto rate = T(0.0625), fast = T(0.125);
  step("sgd", new sgd{});
  step("sgd momentum", new sgd{{.learning_rate = fast, .momentum = T(0.9)}});
  step("sgd nesterov", new sgd{{.learning_rate = fast, .momentum = T(0.9), .nesterov = true}});
  step("sgd weight_decay", new sgd{{.learning_rate = fast, .weight_decay = T(0.75)}});
  step("sgd dampening",
       new sgd{{.learning_rate = fast, .momentum = T(0.8), .dampening = T(0.25), .weight_decay = T(0.5)}});
  step("adam", new adam{});
  step("adam options", new adam{{.learning_rate = rate,
                                 .beta1 = T(0.75),
                                 .beta2 = T(0.96875),
                                 .epsilon = T(0.125),
                                 .weight_decay = T(0.5)}});
  step("adamw", new adamw{});
  step("adamw options", new adamw{{.learning_rate = rate,
                                   .beta1 = T(0.75),
                                   .beta2 = T(0.96875),
                                   .epsilon = T(0.125),
                                   .weight_decay = T(0.5)}});
  step("rmsprop", new rmsprop{});
  step("rmsprop momentum", new rmsprop{{.learning_rate = T(0x1p-8), .momentum = T(0.75)}});
  step("rmsprop centered", new rmsprop{{.learning_rate = rate, .alpha = T(0.75), .centered = true}});
  step("rmsprop options", new rmsprop{{.learning_rate = rate,
                                       .alpha = T(0.875),
                                       .epsilon = T(0.125),
                                       .weight_decay = T(0.5),
                                       .momentum = T(0.75),
                                       .centered = true}});
}

} // namespace pytorch
