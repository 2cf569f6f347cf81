#pragma once

#include "inlay/kernel/reference/product.hpp"
#include "inlay/kernel/simd/forward.hpp"
#include "inlay/kernel/simd/transposition.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

// By squares of registers; rows behind the last count as zeros.
// x: (samples, In); y: (In, stride)
template <class Arch, class X, class Y>
inline void turn(X x, Y y) noexcept {
  using T = typename Y::element;
  using P = register_for<T, (X::size < X::capacity ? X::size : X::capacity), Arch>;
  constexpr std::size_t lanes = P::lanes;
  if constexpr (!in_squares || X::size % lanes != 0 || X::stride % lanes != 0) {
    for (std::size_t i = 0; i < X::size; ++i)
      for (std::size_t s = 0; s < Y::stride; ++s) y[i][s] = s < x.samples() ? x[s][i] : T(0);
  } else {
    for (std::size_t s = 0; s < Y::stride; s += lanes)
      for (std::size_t i = 0; i < X::size; i += lanes) {
        P square[lanes];
        if (s + lanes <= x.samples()) {
#pragma GCC unroll 16
          for (std::size_t r = 0; r < lanes; ++r) square[r] = P::load(x[s + r] + i);
        } else {
#pragma GCC unroll 16
          for (std::size_t r = 0; r < lanes; ++r) square[r] = s + r < x.samples() ? P::load(x[s + r] + i) : P(T(0));
        }
        transpose(square);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < lanes; ++r) square[r].store(y[i + r] + s);
      }
  }
}

// By squares of registers of at most 32 bytes, which are code enough, the last of a row or column filled up with zeros.
// x: (R, C), y: (C, R), one row behind the other at any alignment
template <class Arch, std::size_t R, std::size_t C, bool foreign, real T>
inline void turn_numbers(const T* x, T* y) noexcept {
  constexpr std::size_t least = R < C ? R : C, most = 32 / sizeof(T);
  using P = register_for<T, (least < most ? least : most), Arch>;
  constexpr std::size_t lanes = P::lanes;
  if constexpr (!in_squares) return reference::turn_numbers<R, C, foreign>(x, y);
  for_each_register<R, P>([&]<std::size_t rows>(std::size_t r) __attribute__((always_inline)) {
    for_each_register<C, P>([&]<std::size_t columns>(std::size_t c) __attribute__((always_inline)) {
      P square[lanes];
#pragma GCC unroll 16
      for (std::size_t i = 0; i < lanes; ++i) square[i] = i < rows ? P::template load_first<columns>(x + (r + i) * C + c) : P(T(0));
      if constexpr (foreign)
#pragma GCC unroll 16
        for (std::size_t i = 0; i < rows; ++i) square[i] = flush_denormal(square[i]);
      transpose(square);
#pragma GCC unroll 16
      for (std::size_t i = 0; i < columns; ++i) square[i].template store_first<rows>(y + (c + i) * R + r);
    });
  });
}

// One row: several chains of additions for each register, as in forward_one.
// x: (In); w: (In, Out padded); y: (Out padded)
template <class P, class X, class W, class Y>
inline void product_of_one(X x, W w, Y y) noexcept {
  using T = typename P::scalar;
  for_each_columns<Y::size, P, at_once(4)>([&]<std::size_t C>(std::size_t column) __attribute__((always_inline)) {
    constexpr std::size_t chains = at_once(8) / C > 0 ? at_once(8) / C : 1;
    P z[chains][C];
#pragma GCC unroll 16
    for (std::size_t g = 0; g < chains; ++g)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) z[g][k] = P(g == 0 && chains > 1 ? -T(chains - 1) * speck<T> : speck<T>);
    std::size_t i = 0;
    const auto multiply = [&](std::size_t g) __attribute__((always_inline)) {
      const P x_i(x.data[i + g]);
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) z[g][k] = multiply_add(x_i, P::load(w[i + g] + column + k * P::lanes), z[g][k]);
    };
    for (; i + chains <= w.samples(); i += chains)
#pragma GCC unroll 16
      for (std::size_t g = 0; g < chains; ++g) multiply(g);
    for (; i < w.samples(); ++i) multiply(0);
    sum_groups<chains, 0, C>(z);
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) (chains > 1 ? z[0][k] : z[0][k] - P(speck<T>)).store(y.data + column + k * P::lanes);
  });
}

// x: (samples, In); w: (In, Out padded); y: (samples, Out padded)
template <bool adds, class Arch, class X, class W, class Y>
inline void product(X x, W w, Y y) noexcept {
  using T = typename Y::element;
  using P = register_for<T, Y::size, Arch>;
  if constexpr (Y::capacity == 1 && !adds) product_of_one<P>(x, w, y);
  else
    for_each_columns<Y::size, P, tile_shape<P>::columns>([&]<std::size_t C>(std::size_t column) __attribute__((always_inline)) {
      for_each_group<tile_shape<P>::rows(C), Y::capacity>(y.samples(), [&]<std::size_t R>(std::size_t s) {
        P c[R][C];
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
          for (std::size_t k = 0; k < C; ++k) c[r][k] = adds ? P::load(y[s + r] + column + k * P::lanes) : P(T(0));
        multiply_tile<R, C>(c, x[s], X::stride, 1, w.data + column, W::stride, w.samples());
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
          for (std::size_t k = 0; k < C; ++k) c[r][k].store(y[s + r] + column + k * P::lanes);
      });
    });
}

// x: (samples, In); w: (samples, Out padded); y: (In, Out padded); factors: (In), or nullptr
template <class Arch, class X, class W, class Y, class Factors>
inline void turned_product(X x, W w, Y y, Factors factors) noexcept {
  using T = typename Y::element;
  using P = register_for<T, Y::size, Arch>;
  for_each_columns<Y::size, P, tile_shape<P>::columns>([&]<std::size_t C>(std::size_t column) __attribute__((always_inline)) {
    for_each_group<tile_shape<P>::rows(C), Y::capacity>(y.samples(), [&]<std::size_t R>(std::size_t i) {
      P c[R][C];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k) c[r][k] = P(T(0));
      multiply_tile<R, C>(c, x.data + i, 1, X::stride, w.data + column, W::stride, x.samples());
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k)
          if constexpr (std::is_null_pointer_v<Factors>) c[r][k].store(y[i + r] + column + k * P::lanes);
          else (c[r][k] * P(factors[i + r])).store(y[i + r] + column + k * P::lanes);
    });
  });
}

} // namespace inlay::kernel::simd
