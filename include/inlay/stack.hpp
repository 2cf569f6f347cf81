#pragma once

#include "inlay/chain/memory.hpp"
#include "inlay/statistics.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The calls of a net that differ in what they need of the stack.
enum class call {
  inference,             ///< net(x, y), and net(x), whose result is the caller's
  batch_inference,       ///< net(xs, ys)
  evaluation,            ///< evaluate() of one sample
  batch_evaluation,      ///< evaluate() of a batch
  training,              ///< backpropagate() and train_step() of one sample
  input_gradient,        ///< input_gradient()
  batch_training,        ///< backpropagate() and train_step() of a batch
  in_workspace,          ///< any of a batch that is given a workspace
  fit,                   ///< fit(), which has a workspace where the net wants one
  training_without_grad, ///< train_step() of one sample with options, or an optimizer of your own without `descend`, that
                         ///< is not given a gradient; does not compile where that is more than stack_budget
  get_parameters,        ///< get_parameters(net), whose array is on the stack
};

/// Bytes of the stack that a batch may take: 32 samples go through a net together, fewer where those take more, which is
/// slower (see workspace.hpp). With this one batches live in a thread of 256 KiB. Another for a net of yours, before its
/// first use and the same in all of the program:
/// `template <> inline constexpr std::size_t inlay::stack_budget<net_t> = 64 * 1024;`
/// A net with statistics, as of a batch_norm, trains on batch_statistics_of samples together, however much that is.
template <class Net>
inline constexpr std::size_t stack_budget = 224 * 1024;

namespace detail {

/// Samples that go through a net together where the stack is no limit.
inline constexpr std::size_t most_rows = 32;

/// And their steps: what more keep of themselves no longer fits the second cache.
inline constexpr std::size_t most_steps = 512;

/// What the functions themselves take with -O2 and -O3, whatever the net: registers saved, tiles, views.
inline constexpr std::size_t frames = 8192;

/// Whether samples that train together have statistics in common, so that their number is no matter of room.
template <class Net>
inline constexpr bool has_statistics = Net::topology::statistics.size() > 0;

constexpr bool is_of_batch(call which) noexcept {
  return which == call::batch_inference || which == call::batch_evaluation || which == call::batch_training ||
         which == call::in_workspace;
}
constexpr bool is_evaluation(call which) noexcept {
  return which == call::evaluation || which == call::batch_evaluation || which == call::in_workspace;
}

/// What net(x1, x2) and the losses of heads take besides: all inputs in one; of each head its outputs, target and gradient.
template <class Net>
constexpr std::size_t stack_of_lists(bool with_loss) noexcept {
  std::size_t bytes = 0;
  if constexpr (is_input_list<typename Net::input_shape>)
    bytes += sizeof(typename Net::input_type);
  if constexpr (is_output_list<typename Net::output_shape::row>)
    bytes += with_loss ? 4 * (Net::output_shape::row::size * sizeof(typename Net::scalar) + Net::output_shape::row::count * alignment) : 0;
  return bytes;
}

template <call Which, class Net, std::size_t Rows>
constexpr std::size_t stack_of() noexcept {
  using topology = typename Net::topology;
  using T = typename Net::scalar;
  // evaluate() has a target, and the gradient that some losses make anyhow
  constexpr std::size_t of_loss =
      stack_of_lists<Net>(Which != call::inference && Which != call::batch_inference) +
      (is_evaluation(Which) ? (1 + Net::output_shape::steps + (Net::output_shape::row::reordered ? 1 : 0)) * sizeof(block<T, 1, Net::output_shape::row::size>) : 0);
  if constexpr (Which == call::get_parameters)
    return frames + Net::parameter_count * sizeof(T);
  else if constexpr (Which == call::in_workspace) { // what a trace would keep may be scratch where nothing is recorded
    constexpr std::size_t of_training = has_statistics<Net> ? batch_statistics_of : Rows;
    constexpr std::size_t training = scratch<topology, of_training, true>(), inference = scratch<topology, Rows, false>();
    return frames + of_loss + (training > inference ? training : inference);
  } else if constexpr (Which == call::inference || Which == call::batch_inference || is_evaluation(Which))
    return frames + of_loss + sizeof(inference_memory<topology, Rows>) + scratch<topology, Rows, false>();
  else {
    std::size_t bytes = frames + of_loss + sizeof(training_memory<topology, Rows>) + scratch<topology, Rows, true>();
    if (Which == call::input_gradient)
      bytes += sizeof(block<T, Net::input_shape::steps, Net::input_shape::row::size>) + sizeof(typename Net::input_type);
    if (Which == call::training_without_grad)
      bytes += sizeof(Net);
    return bytes;
  }
}

/// The same for any number of rows: from two on, so much for each.
template <call Which, class Net>
constexpr std::size_t stack_of(std::size_t rows) noexcept {
  if constexpr (is_of_batch(Which)) {
    constexpr std::size_t two = stack_of<Which, Net, 2>(), all = stack_of<Which, Net, most_rows>(),
                          more = most_rows - 2;
    if (rows > 1)
      return two + (rows - 2) * ((all - two + more - 1) / more);
  }
  return stack_of<Which, Net, 1>();
}

/// Samples that go through a net together: 32, or fewer where those would take more than the budget and fewer take less.
template <call Which, class Net>
constexpr std::size_t rows_together() noexcept {
  if constexpr (!is_of_batch(Which))
    return 1;
  if constexpr (has_statistics<Net> && Which == call::batch_training)
    return batch_statistics_of;
  std::size_t most = most_rows;
  while (most > 1 && most * Net::input_shape::steps > most_steps) most /= 2;
  std::size_t rows = most;
  while (rows > 1 && stack_of<Which, Net>(rows) > stack_budget<Net>)
    rows /= 2;
  if (Which == call::in_workspace && stack_of<Which, Net>(2) == stack_of<Which, Net>(most_rows))
    return most;
  return rows;
}

/// In a workspace, where only what layers take besides is on the stack.
template <call Which, class Net>
inline constexpr std::size_t rows_in_workspace =
    has_statistics<Net> && Which == call::batch_training ? batch_statistics_of : rows_together<call::in_workspace, Net>();

/// Whether a call of a batch takes more than the budget, or goes with fewer samples together than in a workspace.
template <call Which, class Net>
inline constexpr bool outgrows_stack = rows_together<Which, Net>()<rows_in_workspace<Which, Net> ||
                                                                   stack_of<Which, Net>(rows_together<Which, Net>())>
    stack_budget<Net>;
template <class Net>
inline constexpr bool wants_workspace = outgrows_stack<call::batch_training, Net> || outgrows_stack<call::batch_inference, Net>;

/// Whether a gradient may be on the stack.
template <class Net>
inline constexpr bool gradient_fits_stack = stack_of<call::training_without_grad, Net>(1) <= stack_budget<Net>;

/// Calls f<Which>() for the call `which`.
constexpr std::size_t for_call(call which, auto f) noexcept {
  switch (which) {
  case call::inference:
    return f.template operator()<call::inference>();
  case call::batch_inference:
    return f.template operator()<call::batch_inference>();
  case call::evaluation:
    return f.template operator()<call::evaluation>();
  case call::batch_evaluation:
    return f.template operator()<call::batch_evaluation>();
  case call::training:
    return f.template operator()<call::training>();
  case call::input_gradient:
    return f.template operator()<call::input_gradient>();
  case call::batch_training:
    return f.template operator()<call::batch_training>();
  case call::in_workspace:
    return f.template operator()<call::in_workspace>();
  case call::training_without_grad:
    return f.template operator()<call::training_without_grad>();
  case call::fit: // is one of the others
  case call::get_parameters:
    break;
  }
  return f.template operator()<call::get_parameters>();
}

} // namespace detail

/// Bytes of the stack that a call needs at most, compiled with -O2 or -O3, on every instruction set, whatever the
/// batch: `static_assert(inlay::stack_bytes<net_t>(inlay::call::batch_training) < 200 * 1024)`. What a loss or layer of
/// your own takes comes on top (a layer may say it, see layer.hpp), and so does what is in the caller.
template <class Net>
constexpr std::size_t stack_bytes(call which) noexcept {
  if (which == call::fit) {
    if (detail::wants_workspace<Net>) return stack_bytes<Net>(call::in_workspace);
    const std::size_t training = stack_bytes<Net>(call::batch_training), evaluation = stack_bytes<Net>(call::batch_evaluation);
    return training > evaluation ? training : evaluation;
  }
  return detail::for_call(
      which, []<call Which>() { return detail::stack_of<Which, Net>(detail::rows_together<Which, Net>()); });
}

/// The same with `rows` rows together, whatever the budget; a sample is a row. A call for one sample has one.
template <class Net>
constexpr std::size_t stack_bytes(call which, std::size_t rows) noexcept {
  if (which == call::fit) which = detail::wants_workspace<Net> ? call::in_workspace : call::batch_training;
  return detail::for_call(which, [rows]<call Which>() { return detail::stack_of<Which, Net>(rows); });
}

} // namespace inlay
