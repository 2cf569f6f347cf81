#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <cstdint>

namespace inlay {

/// What a recorded pass through a net is for. A layer's trace that has a `begin(const pass&)` is told before it is recorded; one
/// with `begin_from(count, state_of)`, of a layer that remembers, where each sample begins.
/// Only backpropagate, train_step and fit train: net(x), evaluate and the derivatives by the input are one and the same
/// function.
struct pass {
  bool training = false;
  std::uint64_t seed = 0; ///< of what is drawn, see dropout.hpp
  std::size_t first = 0;  ///< the number in the batch of the first sample
  double share = 1;       ///< of the batch that goes together
};

/// Options of backpropagate.
struct pass_options {
  std::int64_t seed = -1; ///< of a net with dropout, from 0 on: the same seed gives the same gradient
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A base of the trace of a layer that remembers: where the samples of a recorded pass begin, and where their ends go, a state each
/// or none.
template <class State, std::size_t Samples>
struct carried {
  State* of[Samples]{};
  constexpr void begin_from(std::size_t count, auto state_of) noexcept {
    for (std::size_t s = 0; s < count; ++s) of[s] = &state_of(s);
  }
  /// f(sample, state) for those that have one.
  constexpr void for_each_carried(auto f) const noexcept {
    for (std::size_t s = 0; s < Samples; ++s)
      if (of[s] != nullptr) f(s, *of[s]);
  }
};

/// Tells the traces of the layers of a chain.
template <class Trace>
constexpr void begin(Trace& trace, const pass& of) noexcept {
  if constexpr (requires { trace.head.begin(of); }) trace.head.begin(of);
  if constexpr (requires { trace.tail; }) begin(trace.tail, of);
}

} // namespace inlay::detail
