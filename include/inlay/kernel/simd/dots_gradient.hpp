#pragma once

#include "inlay/kernel/simd/dots.hpp"
#include "inlay/kernel/simd/update.hpp"

#include <algorithm>

/// The way back of few outputs, whose weights lie output by output: all of it is whole rows.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

// w: (Out, In) panels; delta: (samples, Out); gradient: (samples, In padded)
template <bool adds, class Arch, by_output Matrix, real T, class Delta, class G>
inline void transposed(const T* w, Delta delta, G gradient) noexcept {
  using P = register_for<T, Matrix::inputs, Arch>;
  for_each_strip<Delta::capacity == 1 ? at_once(8) : tile_shape<P>::columns, P, typename Matrix::turned>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns;
    for_each_group<tile_shape<P>::rows(C), Delta::capacity>(delta.samples(), [&]<std::size_t R>(std::size_t sample) __attribute__((always_inline)) {
      T* const to = gradient[sample] + at.column;
      P sums[R][C];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 8
        for (std::size_t k = 0; k < C; ++k) sums[r][k] = adds ? P::load(to + r * G::stride + k * P::lanes) : P(T(0));
      multiply_tile<R, C>(sums, delta[sample], Delta::stride, 1, w + at.offset, at.step, Matrix::outputs);
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 8
        for (std::size_t k = 0; k < C; ++k) sums[r][k].store(to + r * G::stride + k * P::lanes);
    });
  });
}

/// Registers of a strip of the outer product: each is summed for every output.
template <class Matrix>
inline constexpr std::size_t columns_of_dots = at_once(std::clamp<std::size_t>((instruction::register_count >= 32 ? 24 : 8) / Matrix::outputs, 1, 4));

// c[o][k] += sum over samples of delta[o] x[k], of a strip of the inputs
// x: (samples, In); delta: (samples, Out)
template <class Matrix, class P, class At, std::size_t C, class X, class Delta>
[[gnu::always_inline]] inline void add_products(P (&c)[Matrix::outputs][C], At at, X x, Delta delta) noexcept {
  for (std::size_t sample = 0; sample < x.samples(); ++sample)
    for_each_of_strip<P, typename Matrix::turned>(at, [&]<std::size_t n>(std::size_t k) __attribute__((always_inline)) {
      const P x_k = load_of_row<X, n, P>(x[sample] + at.column + k * P::lanes);
      for_each_output<Matrix::outputs>([&](std::size_t o) __attribute__((always_inline)) { c[o][k] = multiply_add(P(delta[sample][o]), x_k, c[o][k]); });
    });
}

// n of delta from o on, summed over the samples
template <std::size_t n, class Out, class Delta>
[[gnu::always_inline]] inline Out sum_of_samples(Delta delta, std::size_t o, Out sum) noexcept {
  for (std::size_t sample = 0; sample < delta.samples(); ++sample) sum = sum + Out::load(delta[sample] + o);
  return keep_first<n>(sum); // NaN times zero
}

// w: (Out, In) panels; x: (samples, In); delta: (samples, Out padded, zero there); bias: (Out padded)
template <class Arch, by_output Matrix, real T, class X, class Delta>
inline void accumulate(X x, Delta delta, T* w, T* bias) noexcept {
  using P = register_for<T, Matrix::inputs, Arch>;
  using Out = register_for<T, Matrix::outputs, Arch>;
  for_each_register<Matrix::outputs, Out>([&]<std::size_t n>(std::size_t o) __attribute__((always_inline)) {
    sum_of_samples<n>(delta, o, Out::load(bias + o)).store(bias + o);
  });
  for_each_strip<columns_of_dots<Matrix>, P, typename Matrix::turned>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns;
    P c[Matrix::outputs][C];
    for_each_output<Matrix::outputs>([&](std::size_t o) __attribute__((always_inline)) {
#pragma GCC unroll 4
      for (std::size_t k = 0; k < C; ++k) c[o][k] = P::load(w + at.offset + o * at.step + k * P::lanes);
    });
    add_products<Matrix>(c, at, x, delta);
    for_each_output<Matrix::outputs>([&](std::size_t o) __attribute__((always_inline)) {
      store_strip<decltype(at), typename Matrix::turned>(c[o], w + at.offset + o * at.step);
    });
  });
}

// One sample's gradient never leaves the registers, that of many goes through the cache to keep the rule small.
// w, states: (Out, In) panels from `weights` on, (Out padded) from 0 on; x: (samples, In); delta: (samples, Out padded, zero there)
template <class Arch, by_output Matrix, class Rule, class X, class Delta, real T, class... State>
inline void update(Rule rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  using P = register_for<T, Matrix::inputs, Arch>;
  using Out = register_for<T, Matrix::outputs, Arch>;
  for_each_register<Matrix::outputs, Out>([&]<std::size_t n>(std::size_t o) __attribute__((always_inline)) {
    update_register(rule, sum_of_samples<n>(delta, o, Out(T(0))), o, w, states...);
  });
  for_each_strip<columns_of_dots<Matrix>, P, typename Matrix::turned>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns, outputs = Matrix::outputs, rest = Matrix::inputs % P::lanes;
    P c[outputs][C];
    for_each_output<outputs>([&](std::size_t o) __attribute__((always_inline)) {
#pragma GCC unroll 4
      for (std::size_t k = 0; k < C; ++k) c[o][k] = P(T(0));
    });
    add_products<Matrix>(c, at, x, delta);
    if constexpr (at.ragged) // NaN times zero
      for_each_output<outputs>([&](std::size_t o) __attribute__((always_inline)) { c[o][C - 1] = keep_first<rest>(c[o][C - 1]); });
    const std::size_t first = weights + at.offset;
    if constexpr (X::capacity == 1) {
      for_each_output<outputs>([&](std::size_t o) __attribute__((always_inline)) {
#pragma GCC unroll 4
        for (std::size_t k = 0; k < C; ++k) update_register(rule, c[o][k], first + o * at.step + k * P::lanes, w, states...);
      });
    } else {
      alignas(alignment) T g[outputs * C * P::lanes];
      for_each_output<outputs>([&](std::size_t o) __attribute__((always_inline)) {
#pragma GCC unroll 4
        for (std::size_t k = 0; k < C; ++k) c[o][k].store(g + (o * C + k) * P::lanes);
      });
      for (std::size_t o = 0; o < outputs; ++o)
        for (std::size_t k = 0; k < C; ++k)
          update_register(rule, P::load(g + (o * C + k) * P::lanes), first + o * at.step + k * P::lanes, w, states...);
    }
  });
}

} // namespace inlay::kernel::simd
