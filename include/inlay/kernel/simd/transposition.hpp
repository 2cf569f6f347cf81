#pragma once

#include "inlay/kernel/simd/register.hpp"

namespace inlay::kernel::simd {

/// Transposes a square of registers in place: log2(lanes) rounds of interleaving rows half a square apart.
template <class P>
inline void transpose(P (&square)[P::lanes]) noexcept {
  constexpr std::size_t n = P::lanes;
#pragma GCC unroll 8
  for (std::size_t round = 1; round < n; round *= 2) {
    P next[n];
#pragma GCC unroll 16
    for (std::size_t i = 0; i < n / 2; ++i) {
      next[2 * i] = instruction::interleave_low(square[i].v, square[i + n / 2].v);
      next[2 * i + 1] = instruction::interleave_high(square[i].v, square[i + n / 2].v);
    }
#pragma GCC unroll 16
    for (std::size_t i = 0; i < n; ++i) square[i] = next[i];
  }
}

/// The sums over the lanes of each register, in one register: lane i holds the sum of square[i]. Destroys its argument.
template <class P>
inline P sum_of_each(P (&square)[P::lanes]) noexcept {
#pragma GCC unroll 8
  for (std::size_t half = P::lanes / 2; half > 0; half /= 2)
#pragma GCC unroll 16
    for (std::size_t i = 0; i < half; ++i)
      square[i] = P(instruction::interleave_low(square[i].v, square[i + half].v)) +
                  P(instruction::interleave_high(square[i].v, square[i + half].v));
  return square[0];
}

} // namespace inlay::kernel::simd
