#pragma once

#include "inlay/kernel/simd/chains.hpp"
#include "inlay/kernel/simd/forward.hpp"
#include "inlay/kernel/simd/tile.hpp"
#include "inlay/kernel/simd/transposition.hpp"

#include <algorithm>
#include <bit>
#include <type_traits>
#include <utility>

/// Few outputs, whose weights lie output by output: inputs run across the lanes, and an output is a dot product.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// The n numbers of a row of x at p, and zeros. The padding of a row of ours is read, too: one register as it was written, which the
/// compiler may still have.
template <class X, std::size_t n, class P, class T>
[[gnu::always_inline]] inline P load_of_row(const T* p) noexcept {
  if constexpr (n == P::lanes) return P::load_unaligned(p);
  else if constexpr (X::stride % (alignment / sizeof(T)) == 0) return keep_first<n>(P::load_unaligned(p));
  else return P::template load_first<n>(p);
}

/// Calls f<n>(k) for the registers of a strip, n numbers in each.
template <class P, class Panels, class At, class F>
[[gnu::always_inline]] inline void for_each_of_strip(At, F f) noexcept {
  constexpr std::size_t last = At::columns - 1, rest = At::ragged ? Panels::outputs % P::lanes : P::lanes;
#pragma GCC unroll 16
  for (std::size_t k = 0; k < last; ++k) f.template operator()<P::lanes>(k);
  f.template operator()<rest>(last);
}

/// The sums over the lanes of n registers, in the first n lanes of one of 16 bytes.
template <std::size_t n, class P>
[[gnu::always_inline]] inline auto lane_sums(const P (&z)[n]) noexcept {
  decltype(sum_of_quarters(z[0])) sums[n];
#pragma GCC unroll 4
  for (std::size_t k = 0; k < n; ++k) sums[k] = sum_of_quarters(z[k]);
  return sum_of_each(sums);
}

/// How R samples go through dot products: each output's sum has a place in a register of 16 bytes, sample by sample.
template <class P, class Matrix, std::size_t R>
struct dots_plan {
  static constexpr std::size_t places = std::bit_ceil(Matrix::outputs), sums = R * places;
  static constexpr std::size_t in_a_panel = registers<P, (std::min)(Matrix::inputs, Matrix::turned::width)>;
  /// Chains of additions a sum, so that there are the 8 that a multiply-add wants.
  static constexpr std::size_t chains = (std::min)(in_a_panel, at_once(ceil_div(8, sums)));
};

/// What chains of additions begin with whose lanes are summed in the end: see speck.
template <class T>
struct alternating_specks {
  alignas(alignment) T of[alignment / sizeof(T)];
  constexpr alternating_specks() noexcept : of() {
    for (std::size_t i = 0; i < alignment / sizeof(T); ++i) of[i] = i % 2 == 0 ? speck<T> : -speck<T>;
  }
};
template <class T>
inline constexpr alternating_specks<T> specks{};

// w: (Out, In) panels; bias: (Out padded); x: (samples, In); the result: z of R samples, (R, places)
template <std::size_t R, class P, class Matrix, class X, class T>
[[gnu::always_inline]] inline auto dot_products(const T* w, const T* bias, X x, std::size_t sample) noexcept {
  using plan = dots_plan<P, Matrix, R>;
  constexpr bool one = X::capacity == 1;
  const P begin = one ? P::load(specks<T>.of) : P(T(0));
  P z[plan::chains][plan::sums];
#pragma GCC unroll 8
  for (std::size_t c = 0; c < plan::chains; ++c)
#pragma GCC unroll 4
    for (std::size_t n = 0; n < plan::sums; ++n) z[c][n] = begin;
#pragma GCC unroll 4
  for (std::size_t n = 0; n < plan::sums; ++n)
    if (n % plan::places < Matrix::outputs) {
      const P b(instruction::in_first<T, typename P::arch>(bias[n % plan::places]));
      z[0][n] = one ? b + begin : b;
    }
  for_each_strip<at_once(8 / R), P, typename Matrix::turned>([&](auto at) __attribute__((always_inline)) {
    for_each_of_strip<P, typename Matrix::turned>(at, [&]<std::size_t n>(std::size_t k) __attribute__((always_inline)) {
      P w_k[Matrix::outputs];
#pragma GCC unroll 4
      for (std::size_t o = 0; o < Matrix::outputs; ++o) w_k[o] = P::load(w + at.offset + o * at.step + k * P::lanes);
#pragma GCC unroll 4
      for (std::size_t r = 0; r < R; ++r) {
        P x_k = load_of_row<X, n, P>(x[sample + r] + at.column + k * P::lanes);
        if constexpr (X::foreign) x_k = flush_denormal(x_k);
#pragma GCC unroll 4
        for (std::size_t o = 0; o < Matrix::outputs; ++o) {
          P& sum = z[k % plan::chains][r * plan::places + o];
          sum = multiply_add(x_k, w_k[o], sum);
        }
      }
    });
  });
  sum_groups<plan::chains, 0, plan::sums>(z);
  return lane_sums(z[0]);
}

// w: (Out, In) panels; bias: (Out padded); x: (In); y, derivative: (Out padded)
template <class Activation, class P, class Out, class Row, class Matrix, class X, class T, class D>
[[gnu::always_inline]] inline void dots_of_one(const T* w, const T* bias, X x, T* y, D derivative) noexcept {
  activate<Activation, Row>(Out(dot_products<1, P, Matrix>(w, bias, x, 0).v), 0, y, derivative);
}

/// The same as a function: layers of one shape share its code.
template <class Activation, class P, class Out, class Row, class Matrix, class X, class T, class D>
inline void call_dots_of_one(const T* w, const T* bias, X x, T* y, D derivative) noexcept {
  dots_of_one<Activation, P, Out, Row, Matrix>(w, bias, x, y, derivative);
}

/// Writes the outputs from lane `place` on to a row whose registers are Row; what is behind them counts for nothing.
template <class Row, std::size_t place, class Out, class T>
[[gnu::always_inline]] inline void store_place(Out all, T* to) noexcept {
  if constexpr (place > 0) all = Out(instruction::exchange<place>(all.v));
  Row(instruction::widened<typename Row::batch>(all.v)).store(to);
}

// Samples whose outputs fill a register go through σ together.
// w: (Out, In) panels; bias: (Out padded); x: (samples, In); y, derivative: (samples, Out padded)
template <class Activation, class P, class Out, class Row, class Matrix, class X, class T, class Y, class D>
inline void dots_of_many(const T* w, const T* bias, X x, Y y, D derivative) noexcept {
  constexpr std::size_t places = std::bit_ceil(Matrix::outputs);
  for_each_group<Out::lanes / places, X::capacity>(x.samples(), [&]<std::size_t R>(std::size_t sample) __attribute__((always_inline)) {
    auto a = Activation::at(Out(dot_products<R, P, Matrix>(w, bias, x, sample).v)); // not const: activation.hpp
    [&]<std::size_t... r>(std::index_sequence<r...>) __attribute__((always_inline)) {
      (store_place<Row, r * places>(a.value, y[sample + r]), ...);
      if constexpr (!std::is_null_pointer_v<D>) (store_place<Row, r * places>(a.derivative, derivative[sample + r]), ...);
    }(std::make_index_sequence<R>{});
  });
}

template <class Activation, class Arch, by_output Matrix, real T, class X, class Y, class D>
[[gnu::always_inline]] inline void forward(const T* w, const T* bias, X x, Y y, D derivative) noexcept {
  using P = register_for<T, Matrix::inputs, Arch>;
  using Out = register_for<T, Matrix::outputs, Arch>;
  using Row = register_for<T, Y::size, Arch>; // a row of y may have more than these outputs
  using only_read = rows<const T, X::capacity, X::size, X::stride>; // as for panels
  if constexpr (X::capacity > 1) dots_of_many<Activation, P, Out, Row, Matrix>(w, bias, only_read{x.data, x.count}, y, derivative);
  else if constexpr (!instruction::checked && registers<P, Matrix::inputs> * Matrix::outputs < 32)
    dots_of_one<Activation, P, Out, Row, Matrix>(w, bias, x, y.data, row_of(derivative, 0));
  else call_dots_of_one<Activation, P, Out, Row, Matrix>(w, bias, x, y.data, row_of(derivative, 0));
}

} // namespace inlay::kernel::simd
