#pragma once

#include "inlay/kernel/simd/tile.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// rule(w, g, states...) updates the register of w and of each state at `at`.
template <class P, class Rule, class T, class... State>
[[gnu::always_inline]] inline void update_register(const Rule& rule, P g, std::size_t at, T* w, State*... states) noexcept {
  P w_at = P::load(w + at);
  [&](auto... state) __attribute__((always_inline)) {
    if constexpr (instruction::checked) call([&] { rule(w_at, g, state...); });
    else rule(w_at, g, state...);
    (state.store(states + at), ...);
  }(P::load(states + at)...);
  w_at.store(w + at);
}

// n numbers, a multiple of the alignment.
template <class Arch, class Rule, class T, class... State>
inline void update(Rule rule, std::size_t n, T* w, const T* g, State*... states) noexcept {
  using P = pack<T, Arch>;
  for (std::size_t i = 0; i < n; i += P::lanes) update_register(rule, P::load(g + i), i, w, states...);
}

// g = x delta of one sample, never stored: a load problem, for w and for each state.
// x: (In); delta: (Out padded, zero there); w, states: (In, Out) panels from `weights` on, (Out padded) from 0 on
template <class P, class Panels, class Rule, class T, class... State>
inline void update_one(Rule rule, const T* x, const T* delta, std::size_t weights, T* w, State*... states) noexcept {
  for_each_strip<at_once(4), P, Panels>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns;
    P d[C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) {
      d[k] = P::load(delta + at.column + k * P::lanes);
      update_register(rule, d[k], at.column + k * P::lanes, w, states...);
    }
    for (std::size_t i = 0; i < Panels::inputs; ++i) {
      const P x_i(x[i]);
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) {
        P g = x_i * d[k];
        if constexpr (at.ragged)
          if (k == C - 1) g = keep_first<Panels::outputs % P::lanes>(g); // NaN times zero
        update_register(rule, g, weights + at.offset + i * at.step + k * P::lanes, w, states...);
      }
    }
  });
}

// g = delta xᵀ summed over the samples: a register tile at a time, which goes through the cache to keep the rule small.
template <class P, class Panels, class Rule, class X, class Delta, class T, class... State>
inline void update_many(Rule rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  for_each_strip<tile_shape<P>::columns, P, Panels>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns;
    P bias[C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) bias[k] = P(T(0));
    for (std::size_t sample = 0; sample < x.samples(); ++sample)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) bias[k] = bias[k] + P::load(delta[sample] + at.column + k * P::lanes);
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) update_register(rule, bias[k], at.column + k * P::lanes, w, states...);

    for_each_group<tile_shape<P>::rows(C), Panels::inputs>([&]<std::size_t R>(std::size_t i) {
      P c[R][C];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k) c[r][k] = P(T(0));
      multiply_tile<R, C>(c, x.data + i, 1, X::stride, delta.data + at.column, Delta::stride, x.samples());
      alignas(alignment) T g[R * C * P::lanes];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r) store_strip<decltype(at), Panels>(c[r], g + r * C * P::lanes);
      for (std::size_t r = 0; r < R; ++r)
        for (std::size_t k = 0; k < C; ++k)
          update_register(rule, P::load(g + (r * C + k) * P::lanes),
                          weights + at.offset + (i + r) * at.step + k * P::lanes, w, states...);
    });
  });
}

/// The numbers x in all lanes of a row each, rows of `row` lanes. Opaque, because g++ would put them together in memory.
template <std::size_t n, std::size_t row, class P, class T>
inline P in_rows(const T* x) noexcept {
  const P last = instruction::opaque(P(x[n - 1]).v);
  if constexpr (n == 1) return last;
  else return keep_first<(n - 1) * row>(in_rows<n - 1, row, P>(x), last);
}

// Rows narrower than the widest register lie one behind the other: they are updated several at a time. One sample's
// gradient never leaves the registers.
template <class Arch, class P, class Panels, class Rule, class T, class... State>
inline void update_narrow_one(Rule rule, const T* x, const T* delta, std::size_t weights, T* w, State*... states) noexcept {
  using wide = pack<T, Arch>;
  constexpr std::size_t row = P::lanes;
  const wide d = instruction::repeat<typename wide::batch>(P::load(delta).v);
  update_register(rule, keep_first<Panels::outputs>(d), 0, w, states...);
  for_each_group<wide::lanes / row, Panels::inputs>([&]<std::size_t n>(std::size_t i) {
    const wide g = in_rows<n, row, wide>(x + i) * d;
    const wide kept = instruction::keep_in_rows<row, Panels::outputs, n>(g.v); // NaN times zero
    update_register(rule, kept, weights + i * row, w, states...);
  });
}

// The same for many: their sum goes through the cache.
template <class Arch, class P, class Panels, class Rule, class X, class Delta, class T, class... State>
inline void update_narrow(Rule rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  constexpr std::size_t lanes = P::lanes;
  constexpr std::size_t rows = 16; // whole alignments of any row
  alignas(alignment) T g[rows * lanes];
  P bias(T(0));
  for (std::size_t sample = 0; sample < x.samples(); ++sample) bias = bias + P::load(delta[sample]);
  bias.store(g);
  for (std::size_t k = lanes; k < padded<T>(lanes); ++k) g[k] = 0;
  update<Arch>(rule, padded<T>(lanes), w, g, states...);
  for (std::size_t i = 0; i < Panels::inputs; i += rows) {
    const std::size_t here = Panels::inputs - i < rows ? Panels::inputs - i : rows;
    for (std::size_t k = here * lanes; k < padded<T>(here * lanes); ++k) g[k] = 0;
    for_each_group<8, rows>(here, [&]<std::size_t R>(std::size_t r) {
      P c[R][1];
#pragma GCC unroll 16
      for (std::size_t n = 0; n < R; ++n) c[n][0] = P(T(0));
      multiply_tile<R, 1>(c, x.data + i + r, 1, X::stride, delta.data, Delta::stride, x.samples());
#pragma GCC unroll 16
      for (std::size_t n = 0; n < R; ++n)
        keep_first<Panels::outputs>(c[n][0]).store(g + (r + n) * lanes); // NaN times zero
    });
    const std::size_t at = weights + i * lanes;
    update<Arch>(rule, padded<T>(here * lanes), w + at, g, (states + at)...);
  }
}

/// rule(w, g, states...) for the weights and biases of a linear map, g their gradient summed over the samples.
template <class Arch, class Panels, class Rule, class X, class Delta, class T, class... State>
inline void update(Rule rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  constexpr bool narrow = P::lanes < pack<T, Arch>::lanes, one = X::capacity == 1;
  if constexpr (narrow && one) update_narrow_one<Arch, P, Panels>(rule, x.data, delta.data, weights, w, states...);
  else if constexpr (narrow) update_narrow<Arch, P, Panels>(rule, x, delta, weights, w, states...);
  else if constexpr (one && instruction::checked)
    call([&] { update_one<P, Panels>(rule, x.data, delta.data, weights, w, states...); });
  else if constexpr (one) update_one<P, Panels>(rule, x.data, delta.data, weights, w, states...);
  else if constexpr (instruction::checked) call([&] { update_many<P, Panels>(rule, x, delta, weights, w, states...); });
  else update_many<P, Panels>(rule, x, delta, weights, w, states...);
}

} // namespace inlay::kernel::simd
