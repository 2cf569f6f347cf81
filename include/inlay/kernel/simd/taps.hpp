#pragma once

#include "inlay/kernel/simd/forward.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

// One row. The last tap is what a chain of layers waits for: it comes last, in chains of its own.
template <class Activation, class P, class Panels, std::size_t taps, class T>
[[gnu::always_inline]] inline void convolve_taps_one(const T* w, const T* bias, const T* const (&x)[taps], T* y) noexcept {
  constexpr std::size_t run = Panels::inputs / taps, chains = at_once(run >= 8 ? 4 : (run >= 4 ? 2 : 1));
  for_each_strip<at_once(4), P, Panels>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns;
    constexpr bool from_registers = !instruction::checked && run % 4 == 0 && run <= 32;
    P z[1 + chains][C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) z[0][k] = P::load(bias + at.column + k * P::lanes) + P(-T(chains) * speck<T>);
#pragma GCC unroll 4
    for (std::size_t g = 1; g <= chains; ++g)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) z[g][k] = P(speck<T>);
    const auto multiply = [&](std::size_t g, std::size_t t, std::size_t i, P x_i) __attribute__((always_inline)) {
      const T* const row = w + at.offset + (t * run + i) * at.step;
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) z[g][k] = multiply_add(x_i, P::load(row + k * P::lanes), z[g][k]);
    };
    for (std::size_t t = 0; t + 1 < taps; ++t)
#pragma GCC unroll 16
      for (std::size_t i = 0; i < run; ++i) multiply(taps > 2 ? (t + i) % 2 * (chains > 1) : 0, t, i, P(x[t][i]));
#pragma GCC unroll 16
    for (std::size_t i = 0; i < run; ++i) multiply(1 + i % chains, taps - 1, i, from_registers ? P::template handed_over<run>(x[taps - 1], i) : P(x[taps - 1][i]));
    sum_groups<1 + chains, 0, C>(z);
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) activate<Activation, P>(z[0][k], at.column + k * P::lanes, y, nullptr);
  });
}

// Many rows, those of a tap one behind the other.
template <class Activation, class P, class Panels, std::size_t taps, class T, class Y>
inline void convolve_taps_many(const T* w, const T* bias, const T* const (&x)[taps], Y y) noexcept {
  constexpr std::size_t run = Panels::inputs / taps;
  for_each_strip<tile_shape<P>::columns, P, Panels>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns;
    for_each_group<tile_shape<P>::rows(C), Y::capacity>(y.samples(), [&]<std::size_t R>(std::size_t sample) {
      P z[R][C];
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) {
        const P b = P::load(bias + at.column + k * P::lanes);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r) z[r][k] = b;
      }
      for (std::size_t t = 0; t < taps; ++t)
        multiply_tile<R, C>(z, x[t] + sample * run, run, 1, w + at.offset + t * run * at.step, at.step, run);
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k)
          activate<Activation, P>(z[r][k], at.column + k * P::lanes, y[sample + r], nullptr);
    });
  });
}

// w: (taps run, Out) panels; bias: (Out padded); x: of each tap (samples, run); y: (samples, Out padded)
template <class Activation, class Arch, class Panels, std::size_t taps, class T, class Y>
[[gnu::always_inline]] inline void convolve_taps(const T* w, const T* bias, const T* const (&x)[taps], Y y) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  if constexpr (Y::capacity > 1) call([&] { convolve_taps_many<Activation, P, Panels>(w, bias, x, y); });
  else if constexpr (inlined<P, Panels>) convolve_taps_one<Activation, P, Panels>(w, bias, x, y.data);
  else call([&] { convolve_taps_one<Activation, P, Panels>(w, bias, x, y.data); });
}

} // namespace inlay::kernel::simd
