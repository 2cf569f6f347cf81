#pragma once

#include "inlay/loss.hpp"
#include "inlay/network.hpp"
#include "inlay/target.hpp"

#include <concepts>
#include <cstddef>
#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// Samples that come one after the other, for what is larger than memory: files, a device, a simulation. Its `target_type` is what
/// the loss takes. begin(epoch) goes back to the first sample, or to an order that follows from epoch alone, so that a checkpoint
/// goes on with it; read(xs, targets) fills both, which are equally long, from the front and returns how many samples it has put there:
/// fewer than asked for end the epoch, so from a pipe it reads on until they are full. What it
/// throws leaves fit(), and net and optimizer are as they were after the last whole epoch.
template <class R, class Net, class Loss>
concept sample_reader = requires(R& reader, std::size_t epoch, std::span<typename Net::input_type> xs, std::span<typename R::target_type> targets) {
  requires detail::target_of<typename R::target_type, Loss, Net>;
  reader.begin(epoch);
  { reader.read(xs, targets) } -> std::convertible_to<std::size_t>;
};

} // namespace inlay
