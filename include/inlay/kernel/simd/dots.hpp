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

/// Calls f(o) for every output: written out, but in a loop where kernels are to be small.
template <std::size_t outputs, class F>
[[gnu::always_inline]] inline void for_each_output(F f) noexcept {
  if constexpr (instruction::checked)
    for (std::size_t o = 0; o < outputs; ++o) f(o);
  else
#pragma GCC unroll 16
    for (std::size_t o = 0; o < outputs; ++o) f(o);
}

/// The first lanes of a register.
template <class Out, class P>
[[gnu::always_inline]] inline Out first_of(P p) noexcept {
  if constexpr (sizeof(P) == sizeof(Out)) {
    return Out(p.v);
  } else {
    const auto low = instruction::half<0>(p.v);
    return first_of<Out>(pack<typename P::scalar, typename std::remove_const_t<decltype(low)>::arch_type>(low));
  }
}

/// The sums over the lanes of n registers, in the first n lanes of Out; what is in its others counts for nothing. In half registers
/// where AVX-512 works by halves.
template <class Out, std::size_t n, class P>
[[gnu::always_inline]] inline Out lane_sums(const P* z) noexcept {
  constexpr std::size_t bytes = instruction::by_halves ? (std::min<std::size_t>)(sizeof(Out), 32) : sizeof(P);
  if constexpr (sizeof(Out) <= bytes) {
    decltype(folded<bytes>(z[0])) sums[n];
    for_each_output<n>([&](std::size_t k) __attribute__((always_inline)) { sums[k] = folded<bytes>(z[k]); });
    return first_of<Out>(sum_of_each<n>(sums));
  } else {
    constexpr std::size_t half = Out::lanes / 2;
    using Half = register_for<typename P::scalar, half, typename P::arch>;
    if constexpr (n <= half) return Out(instruction::widened<typename Out::batch>(lane_sums<Half, n>(z).v));
    else return Out(instruction::join(lane_sums<Half, half>(z).v, lane_sums<Half, n - half>(z + half).v));
  }
}

/// How R samples go through dot products: each output's sum has a place in a register, sample by sample.
template <class P, class Matrix, std::size_t R>
struct dots_plan {
  static constexpr std::size_t places = R > 1 ? std::bit_ceil(Matrix::outputs) : Matrix::outputs, sums = R * places;
  static constexpr std::size_t in_a_panel = registers<P, (std::min)(Matrix::inputs, Matrix::turned::width)>;
  /// Chains of additions a sum, so that there are the 8 that a multiply-add wants.
  static constexpr std::size_t chains = (std::min)(in_a_panel, at_once(ceil_div(8, sums)));
  /// Registers of inputs at a time. Where a multiply-add is two instructions, g++ would add those of one sum after the other.
  static constexpr std::size_t columns = at_once(instruction::fused || chains > 1 ? 8 / R : 1);
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

// w: (Out, In) panels; bias: (Out padded); x: (samples, In); z: (R, places), a register of a sum each
template <std::size_t R, class P, class Matrix, class X, class T>
[[gnu::always_inline]] inline void dot_products(const T* w, const T* bias, X x, std::size_t sample, P (&z)[dots_plan<P, Matrix, R>::sums]) noexcept {
  using plan = dots_plan<P, Matrix, R>;
  constexpr bool one = X::capacity == 1;
  const P begin = one ? P::load(specks<T>.of) : P(T(0));
  P sums[plan::chains][plan::sums];
#pragma GCC unroll 8
  for (std::size_t c = 0; c < plan::chains; ++c)
    for_each_output<plan::sums>([&](std::size_t n) __attribute__((always_inline)) { sums[c][n] = begin; });
  for_each_output<plan::sums>([&](std::size_t n) __attribute__((always_inline)) {
    if (n % plan::places >= Matrix::outputs) return;
    const P b(instruction::in_first<T, typename P::arch>(bias[n % plan::places]));
    sums[0][n] = one ? b + begin : b;
  });
  for_each_strip<plan::columns, P, typename Matrix::turned>([&](auto at) __attribute__((always_inline)) {
    for_each_of_strip<P, typename Matrix::turned>(at, [&]<std::size_t n>(std::size_t k) __attribute__((always_inline)) {
      P x_k[R];
#pragma GCC unroll 4
      for (std::size_t r = 0; r < R; ++r) {
        x_k[r] = load_of_row<X, n, P>(x[sample + r] + at.column + k * P::lanes);
        if constexpr (X::foreign) x_k[r] = flush_denormal(x_k[r]);
      }
      for_each_output<Matrix::outputs>([&](std::size_t o) __attribute__((always_inline)) {
        const P w_o = P::load(w + at.offset + o * at.step + k * P::lanes);
#pragma GCC unroll 4
        for (std::size_t r = 0; r < R; ++r) {
          P& sum = sums[k % plan::chains][r * plan::places + o];
          sum = multiply_add(x_k[r], w_o, sum);
        }
      });
    });
  });
  sum_groups<plan::chains, 0, plan::sums>(sums);
  for_each_output<plan::sums>([&](std::size_t n) __attribute__((always_inline)) { z[n] = sums[0][n]; });
}

// w: (Out, In) panels; bias: (Out padded); x: (samples, In); y, derivative: (Out padded)
template <class Activation, class P, class Out, class Row, class Matrix, class X, class T, class D>
[[gnu::always_inline]] inline void dots_of_one(const T* w, const T* bias, X x, std::size_t sample, T* y, D derivative) noexcept {
  P z[Matrix::outputs];
  dot_products<1, P, Matrix>(w, bias, x, sample, z);
  for_each_register<Matrix::outputs, Out>([&]<std::size_t n>(std::size_t o) __attribute__((always_inline)) {
    activate<Activation, Row>(lane_sums<Out, n>(z + o), o, y, derivative);
  });
}

/// The same as a function: layers of one shape share its code.
template <class Activation, class P, class Out, class Row, class Matrix, class X, class T, class D>
inline void call_dots_of_one(const T* w, const T* bias, X x, T* y, D derivative) noexcept {
  dots_of_one<Activation, P, Out, Row, Matrix>(w, bias, x, 0, y, derivative);
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
  constexpr std::size_t places = std::bit_ceil(Matrix::outputs), together = places < Out::lanes ? Out::lanes / places : 1;
  for_each_group<together, X::capacity>(x.samples(), [&]<std::size_t R>(std::size_t sample) __attribute__((always_inline)) {
    if constexpr (R == 1) {
      dots_of_one<Activation, P, Out, Row, Matrix>(w, bias, x, sample, y[sample], row_of(derivative, sample));
    } else {
      P z[R * places];
      dot_products<R, P, Matrix>(w, bias, x, sample, z);
      auto a = Activation::at(lane_sums<Out, R * places>(z)); // not const: activation.hpp
      [&]<std::size_t... r>(std::index_sequence<r...>) __attribute__((always_inline)) {
        (store_place<Row, r * places>(a.value, y[sample + r]), ...);
        if constexpr (!std::is_null_pointer_v<D>) (store_place<Row, r * places>(a.derivative, derivative[sample + r]), ...);
      }(std::make_index_sequence<R>{});
    }
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
    dots_of_one<Activation, P, Out, Row, Matrix>(w, bias, x, 0, y.data, row_of(derivative, 0));
  else call_dots_of_one<Activation, P, Out, Row, Matrix>(w, bias, x, y.data, row_of(derivative, 0));
}

} // namespace inlay::kernel::simd
