// constant evaluation == run time.
#pragma once

#include "laws/network.hpp"

#include "inlay/loss/regression.hpp"

namespace laws {

/// What a net computes of itself.
template <class Net>
struct computed {
  typename Net::output_type y{};
  Net gradient{};
  typename Net::input_type input_gradient{};
  typename Net::scalar loss{};
};
template <class Net>
constexpr computed<Net> compute(const Net& net) noexcept {
  const auto x = noise_array<typename Net::scalar, Net::inputs>(2);
  const auto target = noise_array<typename Net::scalar, Net::outputs>(3);
  computed<Net> c;
  c.y = net(x);
  c.loss = inlay::backpropagate(net, x, target, inlay::mean_squared_error{}, c.gradient);
  c.input_gradient = inlay::input_gradient(net, x, target, inlay::mean_squared_error{});
  return c;
}

template <class Net>
finding constant_evaluation_is_run_time() {
  static constexpr Net net = made<Net>(1);
  static constexpr computed<Net> constant = compute(net);
  const auto at_run_time = compute(net);
  const std::array loss{constant.loss};
  return compare_values("y", at_run_time.y, constant.y, tolerance<Net>(terms<Net>, constant.y)) +
         compare_values("gradient", at_run_time.gradient.theta(), constant.gradient.theta(),
                        tolerance<Net>(2 * terms<Net>, constant.gradient.theta())) +
         compare_values("input gradient", at_run_time.input_gradient, constant.input_gradient,
                        tolerance<Net>(2 * terms<Net>, constant.input_gradient)) +
         compare_values("loss", std::array{at_run_time.loss}, loss, tolerance<Net>(terms<Net>, loss));
}

} // namespace laws
