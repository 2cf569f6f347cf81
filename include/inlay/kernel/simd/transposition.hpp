#pragma once

#include "inlay/kernel/simd/register.hpp"

#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// Transposes a square of registers in place: log2(lanes) rounds of interleaving rows half a square apart.
template <class P, std::size_t rounds_left = P::lanes>
[[gnu::always_inline]] inline void transpose(P (&square)[P::lanes]) noexcept {
  constexpr std::size_t n = P::lanes;
  P next[n];
#pragma GCC unroll 16
  for (std::size_t i = 0; i < n / 2; ++i) {
    next[2 * i] = instruction::interleave_low(square[i].v, square[i + n / 2].v);
    next[2 * i + 1] = instruction::interleave_high(square[i].v, square[i + n / 2].v);
  }
#pragma GCC unroll 16
  for (std::size_t i = 0; i < n; ++i) square[i] = next[i];
  if constexpr (rounds_left > 2) transpose<P, rounds_left / 2>(square);
}

/// The sum of all 16 bytes of a register, lane by lane.
template <class P>
[[gnu::always_inline]] inline auto sum_of_quarters(P p) noexcept {
  if constexpr (sizeof(P) == 16) {
    return p;
  } else {
    const auto sum = instruction::half<0>(p.v) + instruction::half<1>(p.v);
    return sum_of_quarters(pack<typename P::scalar, typename std::remove_const_t<decltype(sum)>::arch_type>(sum));
  }
}

/// Lanes n apart summed, n a power of two: in every lane.
template <std::size_t n, class P, std::size_t distance = P::lanes / 2>
[[gnu::always_inline]] inline P sum_of_parts(P p) noexcept {
  if constexpr (distance < n) return p;
  else return sum_of_parts<n, P, distance / 2>(p + P(instruction::exchange<distance>(p.v)));
}

/// The sums over the lanes of each of n registers, n a power of two up to their lanes: lane i holds the sum of z[i]. Destroys its argument.
template <std::size_t n, class P, std::size_t half = n / 2>
[[gnu::always_inline]] inline P sum_of_each(P (&z)[n]) noexcept {
#pragma GCC unroll 16
  for (std::size_t i = 0; i < half; ++i)
    z[i] = P(instruction::interleave_low(z[i].v, z[i + half].v)) + P(instruction::interleave_high(z[i].v, z[i + half].v));
  if constexpr (half > 1) return sum_of_each<n, P, half / 2>(z);
  else return sum_of_parts<n>(z[0]);
}

/// n registers, a power of two, as one of n times the width.
template <std::size_t n, class P>
inline auto joined(const P* part) noexcept {
  if constexpr (n == 1) {
    return part[0];
  } else {
    const auto whole = instruction::join(joined<n / 2>(part).v, joined<n / 2>(part + n / 2).v);
    return pack<typename P::scalar, typename decltype(whole)::arch_type>(whole);
  }
}

} // namespace inlay::kernel::simd
