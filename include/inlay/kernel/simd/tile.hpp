#pragma once

#include "inlay/kernel/simd/plan.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// The register tile of all batched products: c[r][k] += sum over i < depth of a[r, i] b[i, k].
// c: R x C registers; a: element (r, i) at a[r * a_row + i * a_step], read by broadcast; b: C registers at b + i * b_step
// Always part of its caller, as all that has registers for arguments: in a unit of many nets g++ would call it otherwise.
template <std::size_t R, std::size_t C, class P, class T = typename P::scalar>
[[gnu::always_inline]] inline void multiply_tile(P (&c)[R][C], const T* a, std::size_t a_row, std::size_t a_step, const T* b,
                                                 std::size_t b_step, std::size_t depth) noexcept {
  for (std::size_t i = 0; i < depth; ++i, a += a_step, b += b_step) {
    P b_i[C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) b_i[k] = P::load(b + k * P::lanes);
#pragma GCC unroll 16
    for (std::size_t r = 0; r < R; ++r) {
      const P a_r(a[r * a_row]);
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) c[r][k] = multiply_add(a_r, b_i[k], c[r][k]);
    }
  }
}

/// A strip of C registers across the outputs of a panelled matrix. The last register of a ragged one is not full.
template <std::size_t C, bool Ragged, std::size_t Step>
struct strip {
  static constexpr std::size_t columns = C;
  static constexpr bool ragged = Ragged;
  static constexpr std::size_t step = Step; ///< from one input to the next in storage
  std::size_t offset;                       ///< where the strip of input 0 begins
  std::size_t column;                       ///< the first output
};

/// How a panel of `count` registers is cut into strips of at most `most`: `even` of them into strips of `columns`, the last
/// one or more registers are a strip of their own.
template <std::size_t count, std::size_t most>
struct cut {
  static constexpr std::size_t columns = ceil_div(count, ceil_div(count, most));
  static constexpr std::size_t even = (count - 1) / columns * columns;
  static constexpr std::size_t rest = count - even;
};

/// Calls f(strip) for strips that cover the outputs. The last panel, and a panel's last strip, has f's code of its own, alike
/// or not: with one for all g++'s code is slower. No function stands between, because g++ works through each.
template <std::size_t most, class P, class Panels, class F>
[[gnu::always_inline]] inline void for_each_strip(F f) noexcept {
  constexpr std::size_t width = Panels::width, last = Panels::panel_count - 1;
  const auto at = []<std::size_t C, bool ragged, std::size_t step>(std::size_t panel, std::size_t k) {
    return strip<C, ragged, step>{panel * Panels::inputs * width + k * P::lanes, panel * width + k * P::lanes};
  };
  if constexpr (last > 0) {
    using part = cut<width / P::lanes, most>;
    for (std::size_t panel = 0; panel < last; ++panel) {
      if constexpr (part::even > 0)
        for (std::size_t k = 0; k < part::even; k += part::columns)
          f(at.template operator()<part::columns, false, width>(panel, k));
      f(at.template operator()<part::rest, false, width>(panel, part::even));
    }
  }
  constexpr std::size_t step = Panels::width_of(last);
  constexpr bool ragged = Panels::outputs % P::lanes != 0;
  using part = cut<ceil_div(Panels::outputs - last * width, P::lanes), most>;
  if constexpr (part::even > 0)
    for (std::size_t k = 0; k < part::even; k += part::columns)
      f(at.template operator()<part::columns, false, step>(last, k));
  f(at.template operator()<part::rest, ragged, step>(last, part::even));
}

/// Calls f<C>(column) for the columns of a row of N numbers, C registers at a time.
template <std::size_t N, class P, std::size_t most, class F>
[[gnu::always_inline]] inline void for_each_columns(F f) noexcept {
  using part = cut<registers<P, N>, most>;
  if constexpr (part::even > 0)
    for (std::size_t k = 0; k < part::even; k += part::columns) f.template operator()<part::columns>(k * P::lanes);
  f.template operator()<part::rest>(part::even * P::lanes);
}

/// Stores the C registers of a strip with the padding kept zero, whatever a NaN times zero made of it.
template <class At, class Panels, class P, class T>
[[gnu::always_inline]] inline void store_strip(P (&c)[At::columns], T* to) noexcept {
  if constexpr (At::ragged) c[At::columns - 1] = keep_first<Panels::outputs % P::lanes>(c[At::columns - 1]);
#pragma GCC unroll 16
  for (std::size_t k = 0; k < At::columns; ++k) c[k].store(to + k * P::lanes);
}

/// Calls f<R>(r) for each group of R rows of `count`, then once for what is left.
template <std::size_t R, std::size_t count, class F>
inline void for_each_group(F f) noexcept {
  for (std::size_t r = 0; r + R <= count; r += R) f.template operator()<R>(r);
  if constexpr (count % R != 0) f.template operator()<count % R>(count / R * R);
}

/// The same where the program alone knows how many, at most `capacity`: what is left comes in fours, twos and ones.
template <std::size_t R, std::size_t capacity, class F>
inline void for_each_group(std::size_t count, F f) noexcept {
  if (count > capacity) __builtin_unreachable(); // else g++ 12 warns of rows past the last
  std::size_t r = 0;
  if constexpr (R <= capacity)
    for (; r + R <= count; r += R) f.template operator()<R>(r);
  if constexpr (R > 6 && 4 <= capacity)
    for (; r + 4 <= count; r += 4) f.template operator()<4>(r);
  if constexpr (R > 2 && 2 <= capacity)
    for (; r + 2 <= count; r += 2) f.template operator()<2>(r);
  for (; r < count; ++r) f.template operator()<1>(r);
}

} // namespace inlay::kernel::simd
