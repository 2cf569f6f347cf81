#pragma once

#include "inlay/stack.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// Memory of the caller's for the batches of a net that is too large for the stack: net(xs, ys, workspace), evaluate(),
/// backpropagate() and train_step() take it as their last argument but options, and then take stack_bytes<Net>(
/// call::in_workspace) of the stack, with up to 32 samples together. Static, or on the heap; one call at a
/// time may use it, and what is in it between calls means nothing. fit() has one of its own.
template <class Net>
class workspace {
  using training = detail::training_memory<typename Net::topology, detail::rows_in_workspace<call::batch_training, Net>>;
  using inference = detail::inference_memory<typename Net::topology, detail::rows_in_workspace<call::batch_inference, Net>>;

public:
  using net = Net;

  workspace() noexcept {} // nothing is written
  workspace(const workspace&) = delete;
  workspace& operator=(const workspace&) = delete;

private:
  alignas(alignment) std::byte bytes_[sizeof(training) > sizeof(inference) ? sizeof(training) : sizeof(inference)];
};

namespace detail {

/// Samples that go through a net together in a workspace, or on the stack without one.
template <call Which, class Net, class... Workspace>
constexpr std::size_t rows_together_in() noexcept {
  if constexpr (sizeof...(Workspace) > 0) return rows_in_workspace<Which, Net>;
  else return rows_together<Which, Net>();
}

} // namespace detail
} // namespace inlay
