#pragma once

#include "inlay/math/arithmetic.hpp"

#include <cstddef>
#include <type_traits>

/// Chains of additions that one sample's kernels run side by side: what they begin with, and their sum.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// z[0] becomes the sum of n rows of registers, added as a tree, in columns `begin` to `end`.
template <std::size_t n, std::size_t begin, std::size_t end, std::size_t C, class P>
[[gnu::always_inline]] inline void sum_groups(P (*z)[C]) noexcept {
  if constexpr (n > 1) {
    constexpr std::size_t half = (n + 1) / 2;
#pragma GCC unroll 16
    for (std::size_t g = 0; g < n / 2; ++g)
#pragma GCC unroll 16
      for (std::size_t k = begin; k < end; ++k) z[g][k] = z[g][k] + z[g + half][k];
    sum_groups<half, begin, end>(z);
  }
}

/// What chains of additions begin with, in multiples that cancel in the end: no sum on the way is denormal, and z is zero
/// or at least 2^-123 (2^-1012), whatever w and x are. In batches the thread's mode sees to that.
template <real T>
inline constexpr T speck = std::is_same_v<T, float> ? T(0x1p-100) : T(0x1p-960);

} // namespace inlay::kernel::simd
