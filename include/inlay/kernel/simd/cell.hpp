#pragma once

#include "inlay/kernel/simd/forward.hpp"

#include <array>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// C registers P of every gate, of units from `first` on; `last` of the last register are units.
template <class P, std::size_t C, std::size_t last, class Row, class Panels, std::size_t apart, class F, class T, class Y, class... Rows>
[[gnu::always_inline]] inline void cell_of(std::size_t first, const T* w, const T* bias, const T* h, const T* x, F f, Y y, Rows... rows) noexcept {
  constexpr std::size_t gates = Row::gates, all = gates * C, groups = cell_plan<P, gates>::groups(C, Row::units);
  constexpr bool alone = groups == 1;
  const auto unit = [&](std::size_t k) __attribute__((always_inline)) { return first + k / gates * P::lanes; };
  const auto column = [&](std::size_t k) __attribute__((always_inline)) { return Row::column(k % gates, unit(k)); };
  P u[groups][all];
#pragma GCC unroll 16
  for (std::size_t k = 0; k < all; ++k) u[0][k] = P::load(bias + column(k)) + P(alone ? speck<T> : -T(groups - 1) * speck<T>);
#pragma GCC unroll 4
  for (std::size_t g = 1; g < groups; ++g)
#pragma GCC unroll 16
    for (std::size_t k = 0; k < all; ++k) u[g][k] = P(speck<T>);
  const auto multiply = [&](std::size_t g, std::size_t i) __attribute__((always_inline)) {
    const P h_i(h[i]);
#pragma GCC unroll 16
    for (std::size_t k = 0; k < all; ++k) u[g][k] = multiply_add(h_i, P::load(w + Panels::index(column(k), i)), u[g][k]);
  };
  constexpr std::size_t even = Row::units / groups * groups;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < even; i += groups)
#pragma GCC unroll 4
    for (std::size_t g = 0; g < groups; ++g) multiply(groups - 1 - g, i + g);
#pragma GCC unroll 4
  for (std::size_t i = even; i < Row::units; ++i) multiply(i - even, i);
  // The last, because an output that is fed back is late, and to the chain that ends first.
#pragma GCC unroll 16
  for (std::size_t k = 0; k < all; ++k)
    if (k % gates + apart < gates) u[groups - 1][k] = u[groups - 1][k] + P::load(x + column(k));
  sum_groups<groups, 0, all>(u);

#pragma GCC unroll 16
  for (std::size_t k = 0; k < all; k += gates) {
    std::array<P, gates> given, z;
#pragma GCC unroll 4
    for (std::size_t g = 0; g < gates; ++g) {
      given[g] = P::load(x + column(k + g));
      z[g] = alone ? u[0][k + g] - P(speck<T>) : u[0][k + g];
    }
    const auto put = [](auto* to, P value) __attribute__((always_inline)) {
      if constexpr (!std::is_const_v<std::remove_pointer_t<decltype(to)>>) keep_first<last>(value).store(to);
    };
    [&](auto*... to) __attribute__((always_inline)) {
      [&](auto... v) __attribute__((always_inline)) {
        P made(T(0));
        f(z, given, made, v...);
        (put(to, v), ...);
        put(y[0] + unit(k), made);
      }(P::load(to)...);
    }((rows[0] + unit(k))...);
  }
}

// What fills no register takes the narrowest.
template <class Arch, class Row, class Panels, std::size_t apart, class F, class T, class Y, class... Rows>
[[gnu::always_inline]] inline void cell_of_all(const T* w, const T* bias, const T* h, const T* x, F f, Y y, Rows... rows) noexcept {
  using P = register_for<T, Row::units, Arch>;
  constexpr std::size_t whole = Row::units / P::lanes, rest = Row::units % P::lanes, most = cell_plan<P, Row::gates>::columns;
  [[maybe_unused]] alignas(alignment) T before[Row::units + P::lanes];
  if constexpr (whole > most || (whole > 0 && rest > 0)) {
    for (std::size_t i = 0; i < Row::units; i += P::lanes) P::load(h + i).store(before + i);
    h = before;
  }
  if constexpr (rest > 0) cell_of<register_for<T, rest, Arch>, 1, rest, Row, Panels, apart>(whole * P::lanes, w, bias, h, x, f, y, rows...);
  constexpr std::size_t even = (whole > 0 ? whole - 1 : 0) / most * most;
  for (std::size_t k = 0; k < even; k += most) cell_of<P, most, P::lanes, Row, Panels, apart>(k * P::lanes, w, bias, h, x, f, y, rows...);
  if constexpr (whole > even) cell_of<P, whole - even, P::lanes, Row, Panels, apart>(even * P::lanes, w, bias, h, x, f, y, rows...);
}

// f(z, x, y, v...) for the registers of a row of units: by gate z = h W + bias, with x, what the input gave, for all gates but the last
// `apart`; y is written, not read; v by reference, those of const rows are not stored. One of the rows may be h.
// w: (units, Row) panels; bias, x: (Row); h: (units)
template <class Arch, class Row, class Panels, std::size_t apart, class F, class T, class Y, class... Rows>
[[gnu::always_inline]] inline void cell(const T* w, const T* bias, const T* h, const T* x, F f, Y y, Rows... rows) noexcept {
  const auto all = [&]() __attribute__((always_inline)) { cell_of_all<Arch, Row, Panels, apart>(w, bias, h, x, f, y, rows...); };
  if constexpr (cell_plan<register_for<T, Row::units, Arch>, Row::gates>::template inlined<Row::units>) all();
  else call(all);
}

} // namespace inlay::kernel::simd
