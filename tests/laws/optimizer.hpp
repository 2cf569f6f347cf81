// What holds of every optimizer: constant evaluation == run time, and the padding of all it touches stays zero.
#pragma once

#include "laws/network.hpp"

#include "inlay/loss/regression.hpp"
#include "inlay/train_step.hpp"

#include <algorithm>
#include <limits>

namespace laws {

/// The net after three steps with gradients that differ.
template <class Net, class Optimizer>
constexpr Net after_steps(Optimizer optimizer) noexcept {
  Net net = made<Net>(1);
  noise<typename Net::scalar> value(7);
  for (int step = 0; step < 3; ++step) {
    Net grad{};
    for (std::size_t k = 0; k < Net::parameter_count; ++k) grad.theta()[Net::topology::stack::index(k)] = value();
    optimizer.step(net, grad);
  }
  return net;
}

/// `Options` is a function, so that its value can be a constant.
template <class Net, template <class> class Optimizer, class Options>
finding steps_by_compiler_and_program(Options options) {
  static constexpr Net constant = after_steps<Net>(Optimizer<Net>{Options{}()});
  const Net here = after_steps<Net>(Optimizer<Net>{options()});
  // Some fifteen operations on each number in each of three steps.
  return compare_values("w", here.theta(), constant.theta(), tolerance<Net>(45, constant.theta()));
}

/// All that an optimizer keeps per parameter.
template <class Optimizer, class Check>
void for_each_moment(const Optimizer& optimizer, Check check) {
  if constexpr (requires { optimizer.mean; }) check("mean", optimizer.mean);
  if constexpr (requires { optimizer.mean_square; }) check("mean_square", optimizer.mean_square);
  if constexpr (requires { optimizer.momentum; }) check("momentum", optimizer.momentum);
}

template <class Net, class Optimizer>
finding padding_after_steps(Optimizer optimizer) {
  using T = typename Net::scalar;
  finding found;
  for (const T g : {T(1), T(0), std::numeric_limits<T>::denorm_min(), std::numeric_limits<T>::max(),
                    inlay::math::infinity<T>, inlay::math::quiet_nan<T>}) {
    Net net = made<Net>(1), grad{};
    for (std::size_t k = 0; k < Net::parameter_count; ++k) grad.theta()[Net::topology::stack::index(k)] = g;
    for (int step = 0; step < 3; ++step) optimizer.step(net, grad);
    found += padding("the net", net);
    for_each_moment(optimizer, [&](const char* what, const Net& moment) { found += padding(what, moment); });
  }
  return found;
}

/// train_step() == backpropagate() and step(), for a sample and for batches that go through the net at once or in parts.
template <class Net, class Optimizer>
finding train_step_is_backpropagate_and_step(const Optimizer& fresh) {
  using T = typename Net::scalar;
  const auto loss = inlay::mean_squared_error{};
  finding found;
  for (const std::size_t count : {0u, 1u, 2u, 7u, 32u, 33u}) {
    Net net = made<Net>(1), wanted = net, grad{};
    Optimizer optimizer = fresh, wanted_optimizer = fresh;
    noise<T> value(3);
    for (int step = 0; step < 2; ++step) {
      std::vector<typename Net::input_type> xs(count == 0 ? 1 : count);
      std::vector<typename Net::output_type> targets(xs.size());
      for (auto& x : xs) std::ranges::generate(x, value);
      for (auto& target : targets) std::ranges::generate(target, value);
      const bool batch = count > 0; // 0 stands for the overload of one sample
      const T loss_found = batch ? train_step(net, optimizer, loss, xs, targets, grad)
                                 : train_step(net, optimizer, loss, xs[0], targets[0]);
      Net sum{};
      const T loss_wanted = batch ? backpropagate(wanted, xs, targets, loss, sum)
                                  : backpropagate(wanted, xs[0], targets[0], loss, sum);
      wanted_optimizer.step(wanted, sum);
      if (!near(static_cast<double>(loss_found), static_cast<double>(loss_wanted), rounding<T>(45, 10)))
        found += say("loss ", loss_found, ", wanted ", loss_wanted, "; ");
    }
    found += compare_values("w", net.theta(), wanted.theta(), tolerance<Net>(45, wanted.theta())) + padding("the net", net);
    for_each_moment(optimizer, [&](const char* what, const Net& moment) { found += padding(what, moment); });
    if (!found.empty()) return say(count, " samples: ", found);
  }
  return found;
}

} // namespace laws
