#pragma once

#include "inlay/backpropagate.hpp"
#include "inlay/optimizer.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// An optimizer that takes a swept gradient.
template <class Optimizer, class Net>
concept sweeping = requires(Optimizer& optimizer, Net& net, const swept<void (*)(int)>& grad) { optimizer.descend(net, grad); };

/// One step on at most Samples samples, as many as go through the net together. Returns their mean loss.
template <std::size_t Samples, class Net, class Optimizer, class Loss, class TargetRow, class T = typename Net::scalar>
constexpr T step_of_chunk(Net& net, Optimizer& optimizer, const Loss& loss, const T* x, std::size_t count, T mean,
                          TargetRow target_row) noexcept {
  const kernel::denormals_are_zero guard;
  T total = 0;
  const auto run = [&](auto use) {
    total = sweep<Net, Samples>(net, x, count, mean, loss, target_row,
                                [&](auto, const auto& trace, const auto& grad_z) { use(trace, grad_z); });
  };
  optimizer.descend(net, swept<decltype(run)>{run});
  return total * mean;
}

} // namespace detail

/// One step of the optimizer on one sample: backpropagate and optimizer.step in one, in fewer passes over memory: the
/// gradient is never stored. Returns the loss before the step. With an optimizer of your own that has no `descend`, the
/// gradient is on the stack.
template <class Net, class Optimizer, class Loss, class Target>
  requires(detail::optimizer_of<Optimizer, Net> && detail::target_of<Target, Loss, Net>)
constexpr typename Net::scalar train_step(Net& net, Optimizer& optimizer, const Loss& loss,
                                          std::span<const typename Net::scalar, Net::inputs> x, const Target& target) noexcept {
  if constexpr (detail::sweeping<Optimizer, Net>) {
    return detail::step_of_chunk<1>(net, optimizer, loss, x.data(), 1, detail::mean_of_one<typename Net::scalar>(loss, target),
                                    [&](std::size_t, auto row) { detail::target_row<Net>(loss, target, row); });
  } else {
    Net grad{};
    const auto value = backpropagate(net, x, target, loss, grad);
    optimizer.step(net, grad);
    return value;
  }
}

/// The same on a batch: returns the mean loss. `grad` is memory for the gradient of a batch that does not go through the
/// net at once (over 32 samples, see detail/infer.hpp); what is in it before and after means nothing. An empty batch
/// changes nothing.
template <class Net, class Optimizer, class Loss, class Targets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net>)
constexpr typename Net::scalar train_step(Net& net, Optimizer& optimizer, const Loss& loss,
                                          std::span<const typename Net::input_type> xs, const Targets& target_range,
                                          Net& grad) noexcept {
  using T = typename Net::scalar;
  constexpr std::size_t chunk = detail::chunk<typename Net::topology>();
  const auto targets = detail::as_span(target_range);
  detail::require(xs.size() == targets.size(), "train_step", "as many targets as samples,", xs.size(), targets.size());
  if (xs.empty()) return T(0);
  if constexpr (detail::sweeping<Optimizer, Net>)
    if (xs.size() <= chunk && !std::is_constant_evaluated())
      return detail::step_of_chunk<chunk>(net, optimizer, loss, xs[0].data(), xs.size(), detail::mean_of<T>(loss, targets),
                                          [&](std::size_t s, auto row) { detail::target_row<Net>(loss, targets[s], row); });
  zero_gradient(grad);
  const T value = backpropagate(net, xs, targets, loss, grad);
  optimizer.step(net, grad);
  return value;
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Optimizer, class Loss, class X, class Target>
  requires(!detail::optimizer_of<Optimizer, Net> || !detail::sample_of<X, Target, Loss, Net>)
decltype(detail::say(detail::refused_train_step<Optimizer, detail::refused_sample<X, Target, Loss, Net>, Net>{}))
train_step(Net&, Optimizer&, const Loss&, X&&, const Target&);

template <class Net, class Optimizer, class Loss, class Xs, class Targets, class Grad>
  requires(!detail::optimizer_of<Optimizer, Net> || !std::same_as<Grad, Net> || !detail::batch_of<Xs, Targets, Loss, Net>)
decltype(detail::say(
    detail::refused_train_step<Optimizer, detail::refused_backpropagate<Xs, Targets, Loss, Net, Grad>, Net>{}))
train_step(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, Grad&);

} // namespace inlay
