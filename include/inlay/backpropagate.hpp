#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/loss.hpp"
#include "inlay/network.hpp"
#include "inlay/pass.hpp"
#include "inlay/refusal/require.hpp"
#include "inlay/refusal/target.hpp"
#include "inlay/stream.hpp"
#include "inlay/target_rows.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// One pass forward and back for `count` samples. `target_row(s, row)` fills in the target of sample s; `use(theta,
/// trace, grad_z)` takes what it wants from the ∇zˡ of all layers. Returns the sum of the losses.
template <class Net, std::size_t Samples, class Loss, class TargetRow, class Use>
constexpr auto sweep(const Net& net, const typename Net::scalar* x, std::size_t count, typename Net::scalar scale,
                     const auto& of, const Loss& loss, TargetRow target_row, Use use,
                     training_memory<typename Net::topology, Samples>& memory) noexcept {
  using T = typename Net::scalar;
  using layers = chain<typename Net::topology>;
  using last = last_activation<Net>;
  using output = typename Net::output_shape;
  using row_shape = typename output::row;
  const std::size_t rows = count * output::steps;
  auto& [in, trace, grad_z, target, out, grad_out] = memory;

  // Before they are wanted: a row that was stored number by number, then loaded as a register, waits for every store.
  for (std::size_t s = 0; s < count; ++s) target_row(s, rows_of_sample<output>(target.view(rows), s));
  begin(trace, of);
  if constexpr (row_shape::reordered) { // losses and targets are outside
    layers::forward(net.theta(), trace, in.enter(x, count), grad_out.view(rows));
    copy_outside<row_shape>(grad_out.view(rows), out.view(rows));
  } else layers::forward(net.theta(), trace, in.enter(x, count), out.view(rows));
  T total = 0;
  if constexpr (output::steps > 1) scale /= T(output::steps);
  for (std::size_t s = 0; s < rows; ++s) {
    const auto a = row(out.view(rows), s), y = row(target.view(rows), s), grad = row(grad_out.view(rows), s);
    T weight = 1;
    if constexpr (weighing_steps<TargetRow>) weight = target_row.weight(s / output::steps, s % output::steps);
    if constexpr (entering_at_z<Loss, last>) total += weight * loss.template value_and_gradient_at_z<last>(a, y, grad, weight * scale);
    else total += weight * value_and_gradient_of(loss, a, y, grad, weight * scale);
  }
  if constexpr (output::steps > 1) total /= T(output::steps);
  if constexpr (row_shape::reordered) copy_inside<row_shape>(grad_out.view(rows), out.view(rows));
  const auto grad_a = (row_shape::reordered ? out : grad_out).view(rows);
  if constexpr (entering_at_z<Loss, last>)
    layers::delta(net.theta(), trace, detail::at_z<decltype(grad_a), Loss>{grad_a}, grad_z);
  else layers::delta(net.theta(), trace, grad_a, grad_z);
  use(net.theta(), trace, grad_z);
  return total;
}

template <class Net, std::size_t Samples, class Loss, class TargetRow, class Use>
constexpr auto sweep(const Net& net, const typename Net::scalar* x, std::size_t count, typename Net::scalar scale,
                     const auto& of, const Loss& loss, TargetRow target_row, Use use) noexcept {
  return with_memory<training_memory<typename Net::topology, Samples>>([&](auto& memory) __attribute__((always_inline)) {
    return sweep<Net, Samples>(net, x, count, scale, of, loss, target_row, use, memory);
  });
}

/// What backpropagate does with a sweep.
template <class Net>
constexpr auto adding_to(Net& grad) noexcept {
  return [&grad](auto, const auto& trace, const auto& grad_z) {
    chain<typename Net::topology>::accumulate(trace, grad_z, grad.theta());
  };
}

/// Of `count` of a batch's samples from `first` on.
template <class Net>
constexpr pass training_pass(std::int64_t seed, std::size_t first, std::size_t count, std::size_t all) noexcept {
  if constexpr (Net::topology::random)
    require(seed >= 0, "training", "a seed from 0 on, as the net has layers that draw, for example {.seed = step},", "none");
  return {.training = true,
          .seed = static_cast<std::uint64_t>(seed),
          .first = first,
          .share = static_cast<double>(count) / static_cast<double>(all)};
}

/// Samples that go through together: as many as can, or, where what they have in common counts, parts that are alike.
template <class Net>
constexpr std::size_t evenly(std::size_t count, std::size_t most) noexcept {
  if constexpr (Net::topology::statistics.size() == 0) return most;
  const std::size_t parts = (count + most - 1) / most;
  return parts > 0 ? (count + parts - 1) / parts : most;
}

/// Adds `mean` times the gradient of the sum of some samples' losses, in the caller's workspace or on the stack, and returns that sum;
/// pass_of(first, count) is the pass of these samples.
template <class Net, class Target, class Loss, class PassOf, class... Workspace>
constexpr typename Net::scalar backpropagate_samples(PassOf pass_of, typename Net::scalar mean, const Net& net,
                                                     std::span<const typename Net::input_type> xs, std::span<const Target> targets,
                                                     const Loss& loss, Net& grad, Workspace&... workspace) noexcept {
  using T = typename Net::scalar;
  const kernel::denormals_are_zero guard;
  double total = 0; // in float the sum of millions would stop growing
  constexpr std::size_t most = rows_together_in<call::batch_training, Net, Workspace...>();
  const std::size_t together = evenly<Net>(xs.size(), most);
  const auto go = [&]<std::size_t Samples>(const T* x, std::size_t first, std::size_t count) {
    total += static_cast<double>(sweep<Net, Samples>(net, x, count, mean, pass_of(first, count), loss, wanted_from<Net>(loss, targets.data() + first),
                                                     adding_to(grad), memory_in<training_memory<typename Net::topology, Samples>>(workspace)...));
  };
  if constexpr (Net::topology::statistics.size() > 0)
    if (__builtin_is_constant_evaluated()) { // samples that have something in common may not go one by one there
      for (std::size_t s = 0; s < xs.size(); s += together) {
        std::array<T, most * Net::inputs> x{};
        const std::size_t count = xs.size() - s < together ? xs.size() - s : together;
        for (std::size_t k = 0; k < count * Net::inputs; ++k) x[k] = xs[s + k / Net::inputs][k % Net::inputs];
        go.template operator()<most>(x.data(), s, count);
      }
      return static_cast<T>(total);
    }
  for_each_chunk<most>(xs.size(), together, [&]<std::size_t Samples>(std::size_t first, std::size_t count) {
    go.template operator()<Samples>(xs[first].data(), first, count);
  });
  return static_cast<T>(total);
}
/// Adds the gradient of the mean loss of a batch, and returns the mean loss.
template <class Net, class Target, class Loss, class PassOf, class... Workspace>
constexpr typename Net::scalar backpropagate_batch_in(PassOf pass_of, const Net& net, std::span<const typename Net::input_type> xs,
                                                      std::span<const Target> targets, const Loss& loss, Net& grad,
                                                      Workspace&... workspace) noexcept {
  require(xs.size() == targets.size(), "backpropagate", "as many targets as samples,", xs.size(), targets.size());
  if (xs.empty()) return 0;
  const typename Net::scalar mean = mean_of<Net>(loss, targets);
  return mean * backpropagate_samples(pass_of, mean, net, xs, targets, loss, grad, workspace...);
}
template <class Net, class Target, class Loss, class... Workspace>
constexpr typename Net::scalar backpropagate_batch(const Net& net, std::span<const typename Net::input_type> xs,
                                                   std::span<const Target> targets, const Loss& loss, Net& grad,
                                                   std::int64_t seed, Workspace&... workspace) noexcept {
  return backpropagate_batch_in([&](std::size_t first, std::size_t count) { return training_pass<Net>(seed, first, count, xs.size()); },
                                net, xs, targets, loss, grad, workspace...);
}

template <class Net, class Target, class Loss, class... Workspace>
constexpr typename Net::scalar backpropagate_streams(std::span<stream<Net>> streams, const Net& net,
                                                     std::span<const typename Net::input_type> xs, std::span<const Target> targets,
                                                     const Loss& loss, Net& grad, std::int64_t seed, Workspace&... workspace) noexcept {
  require(streams.size() == xs.size(), "backpropagate", "as many streams as samples,", xs.size(), streams.size());
  return backpropagate_batch_in(
      [&](std::size_t first, std::size_t count) {
        return pass_of_streams<Net>{training_pass<Net>(seed, first, count, xs.size()), streams.subspan(first, count)};
      },
      net, xs, targets, loss, grad, workspace...);
}

/// The sentence on the first layer that cannot be trained from a state on.
template <class Topology, std::size_t l = 1>
constexpr auto first_from_the_beginning() noexcept {
  if constexpr (l > Topology::depth) return std::type_identity<void>{}; // clang 14 asks of every net
  else if constexpr (trains_from_state<typename Topology::template layer<l>>()) return first_from_the_beginning<Topology, l + 1>();
  else return std::type_identity<typename refused::backpropagate::template goes_on_from_no_state_of<typename Topology::template layer<l>::listed>>{};
}

/// The same where streams may stand in the place of a workspace.
template <class X, class Target, class Loss, class Net, class Grad, class Streams>
struct refused_with_streams : refused_with_workspace<X, Target, Loss, Net, Grad, Streams> {};
template <class X, class Target, class Loss, class Net, class Streams>
  requires(batch_of<X, Target, Loss, Net> && holds_streams<Streams>)
struct refused_with_streams<X, Target, Loss, Net, Net, Streams>
    : std::conditional_t<all_train_from_state<typename Net::topology>(), std::type_identity<typename refused::wants_streams_of<Net>::template but_gets<Streams>>,
                         decltype(first_from_the_beginning<typename Net::topology>())> {};

/// A stream for each sequence of a batch.
template <class Streams, class Net>
concept streams_of = carries_state<Net> && std::convertible_to<Streams&, std::span<stream<Net>>>;

} // namespace detail

/// Adds ∂loss/∂θ for one sample to `grad` and returns the loss. `target` is what the loss compares the output with:
/// numbers of the outputs' count, or a class index for cross_entropy.
template <class Net, class Target, class Loss>
  requires detail::target_of<Target, Loss, Net>
constexpr typename Net::scalar backpropagate(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                                             const Target& target, const Loss& loss, Net& grad,
                                             const pass_options& options) noexcept {
  const kernel::denormals_are_zero guard;
  const auto mean = detail::mean_of_one<Net>(loss, target);
  return mean * detail::sweep<Net, 1>(
                    net, x.data(), 1, mean, detail::training_pass<Net>(options.seed, 0, 1, 1), loss,
                    detail::wanted_from<Net>(loss, &target), detail::adding_to(grad));
}

template <class Net, class Target, class Loss>
  requires detail::target_of<Target, Loss, Net>
constexpr typename Net::scalar backpropagate(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                                             const Target& target, const Loss& loss, Net& grad) noexcept {
  static_assert(!Net::topology::random, "a net with dropout trains with a seed: backpropagate(..., grad, {.seed = step})");
  return backpropagate(net, x, target, loss, grad, pass_options{});
}

/// The same for a batch, a target for each sample in any contiguous range: adds the gradient of the mean loss, and
/// returns the mean loss.
template <class Net, class Targets, class Loss>
  requires detail::targets_of<Targets, Loss, Net>
constexpr typename Net::scalar backpropagate(const Net& net, std::span<const typename Net::input_type> xs,
                                             const Targets& targets, const Loss& loss, Net& grad) noexcept {
  static_assert(!Net::topology::random, "a net with dropout trains with a seed: backpropagate(..., grad, {.seed = step})");
  return detail::backpropagate_batch(net, xs, detail::as_span(targets), loss, grad, -1);
}
template <class Net, class Targets, class Loss>
  requires detail::targets_of<Targets, Loss, Net>
constexpr typename Net::scalar backpropagate(const Net& net, std::span<const typename Net::input_type> xs,
                                             const Targets& targets, const Loss& loss, Net& grad,
                                             const pass_options& options) noexcept {
  return detail::backpropagate_batch(net, xs, detail::as_span(targets), loss, grad, options.seed);
}
/// The same with memory of the caller's, for nets that are too large for the stack.
template <class Net, class Targets, class Loss>
  requires detail::targets_of<Targets, Loss, Net>
typename Net::scalar backpropagate(const Net& net, std::span<const typename Net::input_type> xs, const Targets& targets,
                                   const Loss& loss, Net& grad, workspace<Net>& place,
                                   const pass_options& options = {}) noexcept {
  return detail::backpropagate_batch(net, xs, detail::as_span(targets), loss, grad, options.seed, place);
}

/// Truncated through time: the same for a batch of sequences, each of which goes on where its stream stands; behind it the streams
/// stand at their ends. The gradient does not go back beyond the beginning, as with torch's h.detach().
template <class Net, class Targets, class Loss>
  requires(detail::targets_of<Targets, Loss, Net> && detail::carries_state<Net>)
constexpr typename Net::scalar backpropagate(const Net& net, std::span<const typename Net::input_type> xs, const Targets& targets,
                                             const Loss& loss, Net& grad, std::span<stream<std::type_identity_t<Net>>> streams,
                                             const pass_options& options = {}) noexcept {
  return detail::backpropagate_streams<Net>(streams, net, xs, detail::as_span(targets), loss, grad, options.seed);
}

/// Makes a gradient zero before the next is added to it; torch.optim.Optimizer.zero_grad. `grad = {}` does the same by way
/// of a net on the stack.
template <class Net>
  requires requires(Net& grad) { grad.theta(); }
constexpr void zero_gradient(Net& grad) noexcept {
  for (auto& x : grad.theta()) x = 0;
}

/// ∂loss/∂x of one sample: ∇a⁰.
template <class Net, class Target, class Loss>
  requires detail::target_of<Target, Loss, Net>
constexpr typename Net::input_type input_gradient(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                                                  const Target& target, const Loss& loss) noexcept {
  const kernel::denormals_are_zero guard;
  typename Net::input_type gradient{};
  detail::sweep<Net, 1>(
      net, x.data(), 1, detail::mean_of_one<Net>(loss, target), pass{}, loss,
      detail::wanted_from<Net>(loss, &target),
      [&](auto theta, const auto&, const auto& grad_z) {
        using shape = typename Net::input_shape;
        constexpr std::size_t each = shape::row::size;
        block<typename Net::scalar, shape::steps, each> grad_a;
        const auto rows = grad_a.view(shape::steps);
        chain<typename Net::topology>::transposed(theta, grad_z, rows);
        for (std::size_t i = 0; i < Net::inputs; ++i) gradient[i] = rows[i / each][shape::row::inside(i % each)];
      });
  return gradient;
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class X, class Target, class Loss, class Grad>
  requires(!std::same_as<Grad, Net> || !(detail::sample_of<X, Target, Loss, Net> || detail::batch_of<X, Target, Loss, Net>))
decltype(detail::say(detail::refused_backpropagate<X, Target, Loss, Net, Grad>{}))
backpropagate(const Net&, X&&, const Target&, const Loss&, Grad&);

template <class Net, class X, class Target, class Loss>
decltype(detail::say(detail::refused_without_gradient<X, Target, Loss, Net>{}))
backpropagate(const Net&, X&&, const Target&, const Loss&);

template <class Net, class Xs, class Targets, class Loss, class Grad, class Workspace>
  requires(!std::same_as<std::remove_const_t<Workspace>, pass_options> &&
           !(std::same_as<Grad, Net> && detail::batch_of<Xs, Targets, Loss, Net> &&
             (std::same_as<Workspace, workspace<Net>> || detail::streams_of<Workspace, Net>)))
decltype(detail::say(detail::refused_with_streams<Xs, Targets, Loss, Net, Grad, Workspace>{}))
backpropagate(const Net&, Xs&&, const Targets&, const Loss&, Grad&, Workspace&);

template <class Net, class X, class Target, class Loss>
  requires(!detail::sample_of<X, Target, Loss, Net>)
decltype(detail::say(detail::refused_sample<X, Target, Loss, Net>{})) input_gradient(const Net&, X&&, const Target&, const Loss&);

} // namespace inlay
