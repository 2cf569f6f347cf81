#pragma once

#include "inlay/backpropagate.hpp"
#include "inlay/copy_rows.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// The loss of one sample. `unwanted` is memory for the gradient of a loss that is not worked out without it.
template <class Activation, class Loss, class A, class Target, class G>
constexpr auto loss_value(const Loss& loss, A a, Target target, G unwanted) noexcept {
  using T = typename G::element;
  if constexpr (entering_at_z<Loss, Activation>) return loss.template value_and_gradient_at_z<Activation>(a, target, unwanted, T(1));
  else if constexpr (elementwise_loss<Loss, T>)
    return T(1) / T(A::size) * kernel::sum([loss](auto a_i, auto y_i) { return loss.at(a_i, y_i).value; }, a, target);
  else return loss.value_and_gradient(a, target, unwanted, T(1));
}

/// The sum of the losses of `count` samples, which go through the net as in inference: nothing is recorded.
template <class Net, std::size_t Samples, class Loss, class TargetRow, class T = typename Net::scalar>
constexpr T losses(const Net& net, const T* x, std::size_t count, const Loss& loss, TargetRow target_row,
                   inference_memory<typename Net::topology, Samples>& memory) noexcept {
  using layers = chain<typename Net::topology>;
  using output = typename Net::output_shape;
  using row_shape = typename output::row;
  const std::size_t rows = count * output::steps;
  auto& [in, trace, out] = memory;
  block<T, output::steps, row_shape::size> target;
  block<T, 1, row_shape::size> unwanted;
  [[maybe_unused]] std::conditional_t<row_shape::reordered, block<T, 1, row_shape::size>, unrecorded> outside;
  layers::forward(net.theta(), trace, in.enter(x, count), out.view(rows));
  T total = 0;
  for (std::size_t s = 0; s < count; ++s) {
    target_row(s, target.view(output::steps));
    for (std::size_t t = 0; t < output::steps; ++t) {
      auto a = row(out.view(rows), s * output::steps + t);
      if constexpr (row_shape::reordered) {
        copy_outside<row_shape>(a, outside.view(1));
        a = row(outside.view(1), 0);
      }
      T weight = 1;
      if constexpr (weighing_steps<TargetRow>) weight = target_row.weight(s, t);
      total += weight * loss_value<last_activation<Net>>(loss, a, row(target.view(output::steps), t), row(unwanted.view(1), 0));
    }
  }
  if constexpr (output::steps > 1) total /= T(output::steps);
  return total;
}
template <class Net, std::size_t Samples, class Loss, class TargetRow, class T = typename Net::scalar>
constexpr T losses(const Net& net, const T* x, std::size_t count, const Loss& loss, TargetRow target_row) noexcept {
  return with_memory<inference_memory<typename Net::topology, Samples>>([&](auto& memory) __attribute__((always_inline)) {
    return losses<Net, Samples>(net, x, count, loss, target_row, memory);
  });
}

/// The sum of the losses of a batch, each by its weight, in the caller's workspace or on the stack. In double: in float the sum of
/// millions would stop growing.
template <class Net, class Loss, class Target, class... Workspace>
constexpr double sum_of_losses(const Net& net, const Loss& loss, std::span<const typename Net::input_type> xs,
                               std::span<const Target> targets, Workspace&... workspace) noexcept {
  const kernel::denormals_are_zero guard;
  double total = 0;
  constexpr std::size_t most = rows_together_in<call::batch_evaluation, Net, Workspace...>();
  for_each_chunk<most>(xs.size(), [&]<std::size_t Samples>(std::size_t first, std::size_t count) {
    total += static_cast<double>(losses<Net, Samples>(
        net, xs[first].data(), count, loss,
        wanted_from<Net>(loss, targets.data() + first),
        memory_in<inference_memory<typename Net::topology, Samples>>(workspace)...));
  });
  return total;
}

/// The mean loss of a batch whose sum is known.
template <class Net, class Loss, class Target>
constexpr typename Net::scalar mean_loss(double sum, const Loss& loss, std::span<const Target> targets) noexcept {
  return targets.empty() ? 0 : static_cast<typename Net::scalar>(sum * static_cast<double>(mean_of<Net>(loss, targets)));
}

template <class Net, class Loss, class Target, class... Workspace>
constexpr typename Net::scalar evaluate_batch(const Net& net, const Loss& loss, std::span<const typename Net::input_type> xs,
                                              std::span<const Target> targets, Workspace&... workspace) noexcept {
  require(xs.size() == targets.size(), "evaluate", "as many targets as samples,", xs.size(), targets.size());
  return mean_loss<Net>(sum_of_losses(net, loss, xs, targets, workspace...), loss, targets);
}

} // namespace detail

/// The loss of one sample, as backpropagate returns it, and nothing else: no gradient is made.
template <class Net, class Loss, class Target>
  requires detail::target_of<Target, Loss, Net>
constexpr typename Net::scalar evaluate(const Net& net, const Loss& loss,
                                        std::span<const typename Net::scalar, Net::inputs> x, const Target& target) noexcept {
  const kernel::denormals_are_zero guard;
  return detail::mean_of_one<Net>(loss, target) *
         detail::losses<Net, 1>(net, x.data(), 1, loss,
                                detail::wanted_from<Net>(loss, &target));
}

/// The mean loss of a batch, a target for each sample in any contiguous range; 0 of none.
template <class Net, class Loss, class Targets>
  requires detail::targets_of<Targets, Loss, Net>
constexpr typename Net::scalar evaluate(const Net& net, const Loss& loss, std::span<const typename Net::input_type> xs,
                                        const Targets& targets) noexcept {
  return detail::evaluate_batch(net, loss, xs, detail::as_span(targets));
}
/// The same with memory of the caller's, for nets that are too large for the stack.
template <class Net, class Loss, class Targets>
  requires detail::targets_of<Targets, Loss, Net>
typename Net::scalar evaluate(const Net& net, const Loss& loss, std::span<const typename Net::input_type> xs,
                              const Targets& targets, workspace<Net>& place) noexcept {
  return detail::evaluate_batch(net, loss, xs, detail::as_span(targets), place);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Loss, class X, class Target>
  requires(!(detail::sample_of<X, Target, Loss, Net> || detail::batch_of<X, Target, Loss, Net>))
decltype(detail::say(detail::refused_backpropagate<X, Target, Loss, Net, Net>{}))
evaluate(const Net&, const Loss&, X&&, const Target&);

template <class Net, class Loss, class Xs, class Targets, class Workspace>
  requires(!std::same_as<Workspace, workspace<Net>> || !detail::batch_of<Xs, Targets, Loss, Net>)
decltype(detail::say(detail::refused_with_workspace<Xs, Targets, Loss, Net, Net, Workspace>{}))
evaluate(const Net&, const Loss&, Xs&&, const Targets&, Workspace&);

} // namespace inlay
