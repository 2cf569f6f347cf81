#pragma once

#include "inlay/kernel/simd/register.hpp"

#include <bit>
#include <type_traits>

/// Turning registers into columns and summing over their lanes: first within each 16 bytes, whose shuffles are the cheapest, then
/// across them.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// Lanes of 16 bytes.
template <class P>
inline constexpr std::size_t quarter = 16 / sizeof(typename P::scalar);

/// Transposes the square that each 16 bytes of so many rows are: rounds of interleaving rows half a square apart.
template <class P, std::size_t rounds_left = quarter<P>>
[[gnu::always_inline]] inline void transpose_quarters(P* rows) noexcept {
  constexpr std::size_t n = quarter<P>;
  P next[n];
#pragma GCC unroll 4
  for (std::size_t i = 0; i < n / 2; ++i) {
    next[2 * i] = instruction::interleave_low(rows[i].v, rows[i + n / 2].v);
    next[2 * i + 1] = instruction::interleave_high(rows[i].v, rows[i + n / 2].v);
  }
#pragma GCC unroll 4
  for (std::size_t i = 0; i < n; ++i) rows[i] = next[i];
  if constexpr (rounds_left > 2) transpose_quarters<P, rounds_left / 2>(rows);
}

/// Transposes a square whose numbers are 16 bytes each, in rows `distance` apart and more.
template <class P, std::size_t distance = quarter<P>>
[[gnu::always_inline]] inline void transpose_of_quarters(P (&square)[P::lanes]) noexcept {
  if constexpr (distance < P::lanes) {
#pragma GCC unroll 16
    for (std::size_t i = 0; i < P::lanes; ++i)
      if (i / distance % 2 == 0) {
        P &a = square[i], &b = square[i + distance];
        const P even = instruction::every_second_quarter<false>(a.v, b.v), odd = instruction::every_second_quarter<true>(a.v, b.v);
        a = even, b = odd;
      }
    transpose_of_quarters<P, 2 * distance>(square);
  }
}

/// Transposes a square of registers in place.
template <class P>
[[gnu::always_inline]] inline void transpose(P (&square)[P::lanes]) noexcept {
#pragma GCC unroll 16
  for (std::size_t i = 0; i < P::lanes; i += quarter<P>) transpose_quarters(square + i);
  transpose_of_quarters(square);
}

/// The sum of the parts of so many bytes that a register has, lane by lane.
template <std::size_t bytes, class P>
[[gnu::always_inline]] inline auto folded(P p) noexcept {
  if constexpr (sizeof(P) <= bytes) {
    return p;
  } else {
    const auto sum = instruction::half<0>(p.v) + instruction::half<1>(p.v);
    return folded<bytes>(pack<typename P::scalar, typename std::remove_const_t<decltype(sum)>::arch_type>(sum));
  }
}

/// Lanes n apart summed, n a power of two below `of`: in every lane of each `of`.
template <std::size_t n, std::size_t of, class P>
[[gnu::always_inline]] inline P sum_of_parts(P p) noexcept {
  if constexpr (n >= of) return p;
  else return sum_of_parts<n, of / 2>(p + P(instruction::exchange<of / 2>(p.v)));
}

/// Lane i of each 16 bytes holds the sum of those of z[i], n a power of two. Destroys its argument.
template <std::size_t n, class P, std::size_t half = n / 2>
[[gnu::always_inline]] inline P sum_within_quarters(P* z) noexcept {
#pragma GCC unroll 4
  for (std::size_t i = 0; i < half; ++i)
    z[i] = P(instruction::interleave_low(z[i].v, z[i + half].v)) + P(instruction::interleave_high(z[i].v, z[i + half].v));
  if constexpr (half > 1) return sum_within_quarters<n, P, half / 2>(z);
  else return sum_of_parts<n, quarter<P>>(z[0]);
}

/// The 16 bytes number i hold the sum of the `of` parts of z[i] of 16 bytes, of m registers. Destroys its argument.
template <std::size_t m, std::size_t of, class P>
[[gnu::always_inline]] inline P sum_across_quarters(P* z) noexcept {
  if constexpr (of == 1) {
    return z[0];
  } else if constexpr (m == 1 && of == sizeof(P) / 16) {
    return sum_of_parts<quarter<P>, P::lanes>(z[0]);
  } else {
#pragma GCC unroll 4
    for (std::size_t i = 0; i < m; i += 2) {
      const P a = z[i], b = z[i + 1 < m ? i + 1 : i];
      z[i / 2] = P(instruction::every_second_quarter<false>(a.v, b.v)) + P(instruction::every_second_quarter<true>(a.v, b.v));
    }
    return sum_across_quarters<ceil_div(m, 2), of / 2>(z);
  }
}

/// The sums over the lanes of n registers, at most as many as lanes: lane i holds the sum of z[i]; others count for nothing.
template <std::size_t n, class P>
[[gnu::always_inline]] inline P sum_of_each(const P* z) noexcept {
  constexpr std::size_t q = quarter<P>, m = ceil_div(n, q), last = std::bit_ceil(n - (m - 1) * q);
  P rows[m * q], sums[m];
#pragma GCC unroll 16
  for (std::size_t i = 0; i < m * q; ++i) rows[i] = z[i < n ? i : n - 1];
#pragma GCC unroll 4
  for (std::size_t i = 0; i + 1 < m; ++i) sums[i] = sum_within_quarters<q>(rows + i * q);
  sums[m - 1] = sum_within_quarters<last>(rows + (m - 1) * q);
  return sum_across_quarters<m, sizeof(P) / 16>(sums);
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
