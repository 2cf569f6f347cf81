#pragma once

#include "inlay/backpropagate.hpp"
#include "inlay/clip_gradient_norm.hpp"
#include "inlay/optimizer.hpp"
#include "inlay/step_options.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// An optimizer that takes a swept gradient.
template <class Optimizer, class Net>
concept sweeping = requires(Optimizer& optimizer, Net& net, const swept<void (*)(int)>& grad) { optimizer.descend(net, grad); };

/// One step on at most Samples samples, as many as go through the net together, in `memory` or on the stack. Returns their
/// mean loss.
template <std::size_t Samples, class Net, class Optimizer, class Loss, class TargetRow, class T = typename Net::scalar, class... Memory>
constexpr T step_of_chunk(Net& net, Optimizer& optimizer, const Loss& loss, const T* x, std::size_t count, T mean,
                          std::int64_t seed, TargetRow target_row, Memory&... memory) noexcept {
  const kernel::denormals_are_zero guard;
  T total = 0;
  const auto run = [&](auto use) {
    const auto swept_rows = [&](auto, const auto& trace, const auto& grad_z) { use(trace, grad_z); };
    total = sweep<Net, Samples>(net, x, count, mean, training_pass<Net>(seed, 0, count, count), loss, target_row, swept_rows,
                                memory...);
  };
  optimizer.descend(net, swept<decltype(run)>{run});
  return total * mean;
}

/// Calls f with the learning rate of this step.
template <class Optimizer, class F>
constexpr auto with_learning_rate(Optimizer& optimizer, double rate, F f) noexcept {
  if constexpr (requires { optimizer.options.learning_rate; }) {
    auto& own = optimizer.options.learning_rate;
    const auto before = own;
    if (rate >= 0) own = static_cast<std::remove_reference_t<decltype(own)>>(rate);
    const auto result = f();
    own = before;
    return result;
  } else {
    require(!(rate >= 0), "step", "an optimizer with options.learning_rate", "one without");
    return f();
  }
}

/// Whether a step is more than the optimizer's rule, and wants the gradient in memory.
constexpr bool wants_gradient(const step_options& options) noexcept {
  return options.clip_gradient_norm >= 0 || !options.freeze.empty();
}

template <class Net, class Optimizer>
constexpr void step_along(Net& net, Optimizer& optimizer, Net& grad, const step_options& options) noexcept {
  require(options.freeze.last() <= Net::depth, "step", "layers to freeze from 1 to", Net::depth, options.freeze.last());
  if (options.clip_gradient_norm >= 0) clip_gradient_norm(grad, options.clip_gradient_norm, options.freeze);
  if (options.freeze.empty()) return optimizer.step(net, grad);
  if constexpr (requires(const partly_frozen<Net>& part) { optimizer.descend(net, part); }) {
    if constexpr (requires { optimizer.any_negated; }) {
      const bool before = optimizer.any_negated; // of frozen layers, too, which the step does not look at
      optimizer.descend(net, partly_frozen<Net>{grad, options.freeze});
      optimizer.any_negated = optimizer.any_negated || before;
    } else optimizer.descend(net, partly_frozen<Net>{grad, options.freeze});
  } else require(false, "step", "an optimizer with descend() to freeze layers, see optimizer.hpp", "one without");
}

/// Runs f<Samples>(memory...) for a step on `count` samples, or returns false where their memory fits neither the workspace,
/// nor the stack's budget, nor the gradient, which is not otherwise used.
template <class Net, class F, class... Workspace>
bool with_fused_memory(std::size_t count, Net& grad, F f, Workspace&... workspace) noexcept {
  constexpr std::size_t together = rows_together_in<call::batch_training, Net, Workspace...>(), most = rows_in_workspace<call::batch_training, Net>;
  using memory_type = training_memory<typename Net::topology, most>;
  constexpr bool in_gradient = together < most && sizeof(memory_type) <= sizeof(Net);
  if (count > (in_gradient ? most : together)) return false;
  if constexpr (in_gradient) with_memory_in<memory_type>(grad, [&](auto& memory) { return f.template operator()<most>(memory); });
  else f.template operator()<together>(memory_in<memory_type>(workspace)...);
  return true;
}

/// One step on a batch, in the caller's workspace or on the stack.
template <class Net, class Optimizer, class Loss, class Target, class... Workspace>
constexpr typename Net::scalar step_of_batch(Net& net, Optimizer& optimizer, const Loss& loss,
                                             std::span<const typename Net::input_type> xs, std::span<const Target> targets,
                                             Net& grad, std::int64_t seed, Workspace&... workspace) noexcept {
  using T = typename Net::scalar;
  require(xs.size() == targets.size(), "train_step", "as many targets as samples,", xs.size(), targets.size());
  if (xs.empty()) return T(0);
  if constexpr (sweeping<Optimizer, Net>)
    if (!std::is_constant_evaluated()) {
      T mean_loss = 0;
      const auto fused = [&]<std::size_t Samples>(auto&... memory) {
        return mean_loss = step_of_chunk<Samples>(
                   net, optimizer, loss, xs[0].data(), xs.size(), mean_of<Net>(loss, targets), seed,
                   wanted_from<Net>(loss, targets.data()), memory...);
      };
      if (with_fused_memory(xs.size(), grad, fused, workspace...)) return mean_loss;
    }
  zero_gradient(grad);
  const T value = backpropagate_batch(net, xs, targets, loss, grad, seed, workspace...);
  optimizer.step(net, grad);
  return value;
}

/// The same with options.
template <class Net, class Optimizer, class Loss, class Target, class... Workspace>
constexpr typename Net::scalar step_of_batch_with(const step_options& options, Net& net, Optimizer& optimizer, const Loss& loss,
                                                  std::span<const typename Net::input_type> xs, std::span<const Target> targets,
                                                  Net& grad, Workspace&... workspace) noexcept {
  return with_learning_rate(optimizer, options.learning_rate, [&] {
    if (!wants_gradient(options) || xs.empty()) return step_of_batch(net, optimizer, loss, xs, targets, grad, options.seed, workspace...);
    zero_gradient(grad);
    const auto value = backpropagate_batch(net, xs, targets, loss, grad, options.seed, workspace...);
    step_along(net, optimizer, grad, options);
    return value;
  });
}

/// One step on one sample; without descend() the gradient is on the stack.
template <class Net, class Optimizer, class Loss, class Target>
constexpr typename Net::scalar step_of_one(Net& net, Optimizer& optimizer, const Loss& loss,
                                           std::span<const typename Net::scalar, Net::inputs> x, const Target& target,
                                           std::int64_t seed) noexcept {
  if constexpr (sweeping<Optimizer, Net>) {
    return step_of_chunk<1>(net, optimizer, loss, x.data(), 1, mean_of_one<Net>(loss, target), seed,
                            wanted_from<Net>(loss, &target));
  } else {
    Net grad{};
    const auto value = backpropagate(net, x, target, loss, grad, {.seed = seed});
    optimizer.step(net, grad);
    return value;
  }
}

} // namespace detail

/// optimizer.step(net, grad) with options. The gradient is clipped where it is.
template <class Net, class Optimizer>
  requires detail::optimizer_of<Optimizer, Net>
constexpr void step(Net& net, Optimizer& optimizer, Net& grad, const step_options& options) noexcept {
  detail::with_learning_rate(optimizer, options.learning_rate, [&] {
    detail::step_along(net, optimizer, grad, options);
    return 0;
  });
}

/// One step of the optimizer on one sample: backpropagate and optimizer.step in one, in fewer passes over memory: the
/// gradient is never stored. Returns the loss before the step. With an optimizer of your own that has no `descend`, the
/// gradient is on the stack, where the stack's budget has room for it.
template <class Net, class Optimizer, class Loss, class Target>
  requires(detail::optimizer_of<Optimizer, Net> && detail::target_of<Target, Loss, Net> &&
           (detail::sweeping<Optimizer, Net> || detail::gradient_fits_stack<Net>))
constexpr typename Net::scalar train_step(Net& net, Optimizer& optimizer, const Loss& loss,
                                          std::span<const typename Net::scalar, Net::inputs> x, const Target& target) noexcept {
  static_assert(!Net::topology::random, "a net with dropout trains with a seed: train_step(..., {.seed = step})");
  return detail::step_of_one(net, optimizer, loss, x, target, -1);
}

/// The same on a batch: returns the mean loss. `grad` is memory: for the gradient of more than 32 samples, and for what up
/// to 32 need beyond the stack's budget; what is in it before and after means nothing. An empty batch changes nothing.
template <class Net, class Optimizer, class Loss, class Targets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net>)
constexpr typename Net::scalar train_step(Net& net, Optimizer& optimizer, const Loss& loss,
                                          std::span<const typename Net::input_type> xs, const Targets& targets,
                                          Net& grad) noexcept {
  static_assert(!Net::topology::random, "a net with dropout trains with a seed: train_step(..., grad, {.seed = step})");
  return detail::step_of_batch(net, optimizer, loss, xs, detail::as_span(targets), grad, -1);
}

/// The same with options, on one sample. A step that clips or freezes has the gradient in memory, `grad`; without this
/// argument it is on the stack, where the stack's budget has room for it. Any other goes the way without.
template <class Net, class Optimizer, class Loss, class Target>
  requires(detail::optimizer_of<Optimizer, Net> && detail::target_of<Target, Loss, Net>)
constexpr typename Net::scalar train_step(Net& net, Optimizer& optimizer, const Loss& loss,
                                          std::span<const typename Net::scalar, Net::inputs> x, const Target& target,
                                          Net& grad, const step_options& options = {}) noexcept {
  return detail::with_learning_rate(optimizer, options.learning_rate, [&] {
    if constexpr (detail::sweeping<Optimizer, Net>)
      if (!detail::wants_gradient(options)) return detail::step_of_one(net, optimizer, loss, x, target, options.seed);
    zero_gradient(grad);
    const auto value = backpropagate(net, x, target, loss, grad, {.seed = options.seed});
    detail::step_along(net, optimizer, grad, options);
    return value;
  });
}
template <class Net, class Optimizer, class Loss, class Target>
  requires(detail::optimizer_of<Optimizer, Net> && detail::target_of<Target, Loss, Net> && detail::gradient_fits_stack<Net>)
constexpr typename Net::scalar train_step(Net& net, Optimizer& optimizer, const Loss& loss,
                                          std::span<const typename Net::scalar, Net::inputs> x, const Target& target,
                                          const step_options& options) noexcept {
  if (!detail::wants_gradient(options))
    return detail::with_learning_rate(optimizer, options.learning_rate,
                                      [&] { return detail::step_of_one(net, optimizer, loss, x, target, options.seed); });
  Net grad{};
  return train_step(net, optimizer, loss, x, target, grad, options);
}

/// The same with options, on a batch.
template <class Net, class Optimizer, class Loss, class Targets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net>)
constexpr typename Net::scalar train_step(Net& net, Optimizer& optimizer, const Loss& loss,
                                          std::span<const typename Net::input_type> xs, const Targets& targets, Net& grad,
                                          const step_options& options) noexcept {
  return detail::step_of_batch_with(options, net, optimizer, loss, xs, detail::as_span(targets), grad);
}
/// The same with memory of the caller's, for nets that are too large for the stack.
template <class Net, class Optimizer, class Loss, class Targets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net>)
typename Net::scalar train_step(Net& net, Optimizer& optimizer, const Loss& loss,
                                std::span<const typename Net::input_type> xs, const Targets& targets, Net& grad,
                                workspace<Net>& place, const step_options& options = {}) noexcept {
  return detail::step_of_batch_with(options, net, optimizer, loss, xs, detail::as_span(targets), grad, place);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Optimizer, class Loss, class X, class Target>
  requires(!detail::optimizer_of<Optimizer, Net> || !detail::sample_of<X, Target, Loss, Net>)
decltype(detail::say(detail::refused_train_step<Optimizer, detail::refused_single_step<X, Target, Loss, Net>, Net>{}))
train_step(Net&, Optimizer&, const Loss&, X&&, const Target&, const step_options& = {});

template <class Net, class Optimizer, class Loss, class Target>
  requires(detail::optimizer_of<Optimizer, Net> && detail::target_of<Target, Loss, Net> &&
           !(detail::sweeping<Optimizer, Net> || detail::gradient_fits_stack<Net>))
refused::train_step_without_descend::wants_grad_after_target<Net>
train_step(Net&, Optimizer&, const Loss&, std::span<const typename Net::scalar, Net::inputs>, const Target&);
template <class Net, class Optimizer, class Loss, class Target>
  requires(detail::optimizer_of<Optimizer, Net> && detail::target_of<Target, Loss, Net> && !detail::gradient_fits_stack<Net>)
refused::train_step_with_options::wants_grad_after_target<Net>
train_step(Net&, Optimizer&, const Loss&, std::span<const typename Net::scalar, Net::inputs>, const Target&, const step_options&);

template <class Net, class Optimizer, class Loss, class Xs, class Targets, class Grad>
  requires(!std::same_as<std::remove_const_t<Grad>, step_options> &&
           (!detail::optimizer_of<Optimizer, Net> || !std::same_as<Grad, Net> ||
            !(detail::sample_of<Xs, Targets, Loss, Net> || detail::batch_of<Xs, Targets, Loss, Net>)))
decltype(detail::say(
    detail::refused_train_step<Optimizer, detail::refused_backpropagate<Xs, Targets, Loss, Net, Grad>, Net>{}))
train_step(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, Grad&, const step_options& = {});

template <class Net, class Optimizer, class Loss, class Xs, class Targets, class Grad, class Workspace>
  requires(!std::same_as<std::remove_const_t<Workspace>, step_options> &&
           (!detail::optimizer_of<Optimizer, Net> || !std::same_as<Grad, Net> || !std::same_as<Workspace, workspace<Net>> ||
            !detail::batch_of<Xs, Targets, Loss, Net>))
decltype(detail::say(
    detail::refused_train_step<Optimizer, detail::refused_with_workspace<Xs, Targets, Loss, Net, Grad, Workspace>, Net>{}))
train_step(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, Grad&, Workspace&, const step_options& = {});

} // namespace inlay
