#pragma once

#include "inlay/kernel/simd/convolution.hpp"

/// Convolutions of one sample in which each channel is a group of its own: channels run across the lanes of everything.
/// Rows lie without padding between them.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

// w: (taps, channels) panels; bias: (channels padded); x: the sample; y, derivative: (windows, channels)
template <class Activation, class Arch, class Panels, windows window, class T, class D>
inline void convolve_depthwise(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  for_each_strip<tile_shape<P>::columns, P, Panels>([&](auto at) __attribute__((always_inline)) {
    using At = decltype(at);
    constexpr std::size_t C = At::columns;
    for_each_tile<window, tile_shape<P>::rows(C)>([&]<std::size_t h, std::size_t v>(std::size_t line, std::size_t first) {
      constexpr std::size_t R = h * v;
      P z[R][C];
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) {
        const P b = P::load(bias + at.column + k * P::lanes);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r) z[r][k] = b;
      }
      const T* corner = x + line * window.line_step + first * window.step + at.column;
      for (std::size_t t = 0; t < window.taps(); ++t) {
        const T* a = corner + window.run_at(t);
        P w_t[C];
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k) w_t[k] = P::load(w + at.offset + t * At::step + k * P::lanes);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
          for (std::size_t k = 0; k < C; ++k)
            z[r][k] = multiply_add(load_exact<At, Panels, P>(a + r / v * window.line_step + r % v * window.step, k), w_t[k], z[r][k]);
      }
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r) {
        const std::size_t to = ((line + r / v) * window.per_line + first + r % v) * Panels::outputs + at.column;
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k) {
          auto a = Activation::at(z[r][k]);
          store_exact<At, Panels>(a.value, y + to, k);
          if constexpr (!std::is_null_pointer_v<D>) store_exact<At, Panels>(a.derivative, derivative + to, k);
        }
      }
    });
  });
}

// W += delta ⊙ window, bias += delta, over the windows: eight taps stay in registers while they pass.
// x: the sample; delta: (windows, channels); w: (taps, channels) panels; bias: (channels padded)
template <class Arch, class Panels, windows window, class T>
inline void accumulate_depthwise(const T* x, const T* delta, T* w, T* bias) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  for_each_strip<1, P, Panels>([&](auto at) __attribute__((always_inline)) {
    using At = decltype(at);
    P sums[1] = {P::load(bias + at.column)};
    for (std::size_t p = 0; p < window.count(); ++p)
      sums[0] = sums[0] + load_exact<At, Panels, P>(delta + p * Panels::outputs + at.column, 0);
    store_strip<At, Panels>(sums, bias + at.column);
    for_each_group<at_once(8), window.taps()>([&]<std::size_t R>(std::size_t t) {
      T* const row = w + at.offset + t * At::step;
      const T* from[R];
      P c[R][1];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r) from[r] = x + window.run_at(t + r) + at.column, c[r][0] = P::load(row + r * At::step);
      const T* d = delta + at.column;
      for (std::size_t line = 0; line < window.lines; ++line)
        for (std::size_t p = 0; p < window.per_line; ++p, d += Panels::outputs) {
          const P d_p = load_exact<At, Panels, P>(d, 0);
          const std::size_t here = line * window.line_step + p * window.step;
#pragma GCC unroll 16
          for (std::size_t r = 0; r < R; ++r) c[r][0] = multiply_add(load_exact<At, Panels, P>(from[r] + here, 0), d_p, c[r][0]);
        }
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r) store_strip<At, Panels>(c[r], row + r * At::step);
    });
  });
}

// gradient += delta ⊙ W, each number where its window has it
// w: (taps, channels) panels; delta: (windows, channels); gradient: as the sample
template <class Arch, class Panels, windows window, class T>
inline void transposed_depthwise(const T* w, const T* delta, T* gradient) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  for_each_strip<1, P, Panels>([&](auto at) __attribute__((always_inline)) {
    using At = decltype(at);
    for (std::size_t t = 0; t < window.taps(); ++t) {
      const P w_t = P::load(w + at.offset + t * At::step);
      const T* d = delta + at.column;
      for (std::size_t line = 0; line < window.lines; ++line)
        for (std::size_t p = 0; p < window.per_line; ++p, d += Panels::outputs) {
          T* const to = gradient + window.run_at(t) + line * window.line_step + p * window.step + at.column;
          store_exact<At, Panels>(multiply_add(load_exact<At, Panels, P>(d, 0), w_t, load_exact<At, Panels, P>(to, 0)), to, 0);
        }
    }
  });
}

} // namespace inlay::kernel::simd
