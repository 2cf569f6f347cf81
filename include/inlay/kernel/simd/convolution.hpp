#pragma once

#include "inlay/kernel/simd/forward.hpp"
#include "inlay/kernel/simd/transposed.hpp"
#include "inlay/kernel/windows.hpp"

#include <type_traits>

/// Convolutions of one sample: register tiles of windows by outputs. Rows of outputs lie without padding between them, so
/// the last register of a ragged one is read and written to the number.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// Calls f<h, w>(line, window) for tiles of h lines by w windows, at most `most` in all, that cover the windows. The loops over
/// tiles stay loops: clang 14 would write them all out.
template <windows at, std::size_t most, class F>
[[gnu::always_inline]] inline void for_each_tile(F f) noexcept {
  constexpr std::size_t w = ceil_div(at.per_line, ceil_div(at.per_line, most));
  constexpr std::size_t h = most / w < at.lines ? most / w : at.lines;
  const auto line_of_tiles = [&]<std::size_t height>(std::size_t line) __attribute__((always_inline)) {
#pragma GCC unroll 1
    for (std::size_t p = 0; p + w <= at.per_line; p += w) f.template operator()<height, w>(line, p);
    if constexpr (at.per_line % w != 0)
      f.template operator()<height, at.per_line % w>(line, at.per_line / w * w);
  };
#pragma GCC unroll 1
  for (std::size_t line = 0; line + h <= at.lines; line += h) line_of_tiles.template operator()<h>(line);
  if constexpr (at.lines % h != 0) line_of_tiles.template operator()<at.lines % h>(at.lines / h * h);
}

/// A row of N numbers, for load_exact and store_exact.
template <std::size_t N>
struct row_of_numbers {
  static constexpr std::size_t outputs = N;
};

/// Registers of a row that ends with its last number: load and store register k of a strip.
template <class At, class Panels, class P, class T>
[[gnu::always_inline]] inline P load_exact(const T* row, std::size_t k) noexcept {
  if constexpr (At::ragged)
    if (k == At::columns - 1) return P::template load_first<Panels::outputs % P::lanes>(row + k * P::lanes);
  return P::load_unaligned(row + k * P::lanes);
}
template <class At, class Panels, class P, class T>
[[gnu::always_inline]] inline void store_exact(P value, T* row, std::size_t k) noexcept {
  if constexpr (At::ragged)
    if (k == At::columns - 1) return value.template store_first<Panels::outputs % P::lanes>(row + k * P::lanes);
  value.template store_first<P::lanes>(row + k * P::lanes);
}

/// Whether two windows share a register, as outputs of one fill half of AVX-512's.
template <class P, class Arch, class Panels, windows window>
inline constexpr bool in_pairs = !instruction::checked && instruction::is_avx512<Arch> && sizeof(P) == 32 &&
                                 Panels::outputs <= P::lanes && window.per_line % 2 == 0;

/// To two rows, `step` apart, the halves of a register.
template <class P, std::size_t outputs, class Wide, class T>
[[gnu::always_inline]] inline void store_pair(Wide value, T* row, std::size_t step) noexcept {
  P(instruction::half<0>(value.v)).template store_first<outputs>(row);
  P(instruction::half<1>(value.v)).template store_first<outputs>(row + step);
}

// Windows p and p + half a line's together; arguments as below.
template <class Activation, class P, class Arch, class Panels, windows window, class T, class D>
inline void convolve_pairs(const T* w, const T* bias, const T* x, T* y, D derivative, std::size_t step) noexcept {
  using Wide = pack<T, Arch>;
  using batch = typename Wide::batch;
  constexpr std::size_t half_line = window.per_line / 2, across = half_line * window.step;
  constexpr windows left = [] {
    windows half = window;
    half.per_line /= 2;
    return half;
  }();
  for_each_tile<left, tile_shape<Wide>::rows(1)>([&]<std::size_t h, std::size_t v>(std::size_t line, std::size_t first) {
    constexpr std::size_t R = h * v;
    Wide z[R];
    const Wide b = instruction::repeat<batch>(P::load(bias).v);
#pragma GCC unroll 16
    for (std::size_t r = 0; r < R; ++r) z[r] = b;
    const T* corner = x + line * window.line_step + first * window.step;
    const T* row = w;
    for (std::size_t n = 0; n < window.runs; ++n) {
      const T* a = corner + window.run_at(n);
#pragma GCC unroll 8
      for (std::size_t i = 0; i < window.run; ++i, ++a, row += Panels::row_length) {
        const Wide w_i = instruction::repeat<batch>(P::load(row).v);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r) {
          const T* const x_r = a + r / v * window.line_step + r % v * window.step;
          z[r] = multiply_add(Wide(instruction::halves<batch>(x_r[0], x_r[across])), w_i, z[r]);
        }
      }
    }
#pragma GCC unroll 16
    for (std::size_t r = 0; r < R; ++r) {
      const std::size_t to = ((line + r / v) * window.per_line + first + r % v) * step;
      auto a = Activation::at(z[r]);
      store_pair<P, Panels::outputs>(a.value, y + to, half_line * step);
      if constexpr (!std::is_null_pointer_v<D>)
        store_pair<P, Panels::outputs>(a.derivative, derivative + to, half_line * step);
    }
  });
}

// w: (In, Out) panels; bias: (Out padded); x: the sample; y, derivative: (windows, Out), `step` from row to row
template <class Activation, class Arch, class Panels, windows window, class T, class D>
inline void convolve(const T* w, const T* bias, const T* x, T* y, D derivative, std::size_t step) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  if constexpr (in_pairs<P, Arch, Panels, window>)
    return convolve_pairs<Activation, P, Arch, Panels, window>(w, bias, x, y, derivative, step);
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
      const T* corner = x + line * window.line_step + first * window.step;
      const T* row = w + at.offset;
      for (std::size_t n = 0; n < window.runs; ++n) {
        const T* a = corner + window.run_at(n);
#pragma GCC unroll 8 // a short run whole, so that windows that overlap share what they read
        for (std::size_t i = 0; i < window.run; ++i, ++a, row += At::step) {
          P w_i[C];
#pragma GCC unroll 16
          for (std::size_t k = 0; k < C; ++k) w_i[k] = P::load(row + k * P::lanes);
#pragma GCC unroll 16
          for (std::size_t r = 0; r < R; ++r) {
            const P x_r(a[r / v * window.line_step + r % v * window.step]);
#pragma GCC unroll 16
            for (std::size_t k = 0; k < C; ++k) z[r][k] = multiply_add(x_r, w_i[k], z[r][k]);
          }
        }
      }
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r) {
        const std::size_t to = ((line + r / v) * window.per_line + first + r % v) * step + at.column;
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

// W += delta windowᵀ, bias += delta, over the windows: a tile of W stays in registers while they pass.
// x: the sample; delta: (windows, Out), `step` from row to row; w: (In, Out) panels; bias: (Out padded)
template <class Arch, class Panels, windows window, class T>
inline void accumulate_windows(const T* x, const T* delta, std::size_t step, T* w, T* bias) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  for_each_strip<tile_shape<P>::columns, P, Panels>([&](auto at) __attribute__((always_inline)) {
    using At = decltype(at);
    constexpr std::size_t C = At::columns;
    P sums[C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) sums[k] = P::load(bias + at.column + k * P::lanes);
    for (std::size_t p = 0; p < window.count(); ++p)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k)
        sums[k] = sums[k] + load_exact<At, Panels, P>(delta + p * step + at.column, k);
    store_strip<At, Panels>(sums, bias + at.column);

    constexpr std::size_t most = tile_shape<P>::rows(C);
    constexpr std::size_t together = window.run < most ? (most / window.run < window.runs ? most / window.run : window.runs) : 1;
    // Runs n to n + G, numbers i to i + R of each.
    const auto tile = [&]<std::size_t G, std::size_t R>(std::size_t n, std::size_t i) {
      T* row = w + at.offset + (n * window.run + i) * At::step;
      const T* from[G];
#pragma GCC unroll 16
      for (std::size_t g = 0; g < G; ++g) from[g] = x + window.run_at(n + g) + i;
      P c[G * R][C];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < G * R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k) c[r][k] = P::load(row + (r / R * window.run + r % R) * At::step + k * P::lanes);
      const T* d = delta + at.column;
      for (std::size_t line = 0; line < window.lines; ++line)
        for (std::size_t p = 0; p < window.per_line; ++p, d += step) {
          P d_p[C];
#pragma GCC unroll 16
          for (std::size_t k = 0; k < C; ++k) d_p[k] = load_exact<At, Panels, P>(d, k);
          const std::size_t here = line * window.line_step + p * window.step;
#pragma GCC unroll 16
          for (std::size_t r = 0; r < G * R; ++r) {
            const P x_r(from[r / R][here + r % R]);
#pragma GCC unroll 16
            for (std::size_t k = 0; k < C; ++k) c[r][k] = multiply_add(x_r, d_p[k], c[r][k]);
          }
        }
#pragma GCC unroll 16
      for (std::size_t r = 0; r < G * R; ++r)
        store_strip<At, Panels>(c[r], row + (r / R * window.run + r % R) * At::step);
    };
    constexpr std::size_t rows = window.run < most ? window.run : most;
    const auto runs = [&]<std::size_t G>(std::size_t n) {
      for_each_group<rows, window.run>([&]<std::size_t R>(std::size_t i) { tile.template operator()<G, R>(n, i); });
    };
    for (std::size_t n = 0; n + together <= window.runs; n += together) runs.template operator()<together>(n);
    if constexpr (window.runs % together != 0)
      runs.template operator()<window.runs % together>(window.runs / together * together);
  });
}

// gradient += delta Wᵀ, each number where its window has it: tap by tap, as of one tap no two windows share a number.
// w: (In, Out) panels; delta: (windows, Out), `step` from row to row; gradient: as the sample
template <class Arch, class Panels, windows window, class T>
inline void transposed_windows(const T* w, const T* delta, std::size_t step, T* gradient) noexcept {
  using P = register_for<T, window.channels, Arch>;
  constexpr std::size_t columns = ceil_div(window.channels, P::lanes);
  constexpr std::size_t most = ceil_div(columns, ceil_div(columns, tile_shape<P>::columns));
  alignas(alignment) T turned[(Panels::width < P::lanes ? P::lanes : Panels::width) * most * P::lanes];
  const auto strip_of = [&]<std::size_t C, bool ragged>(std::size_t tap, std::size_t panel, std::size_t column) {
    using At = strip<C, ragged, 0>;
    const std::size_t width = Panels::width_of(panel), begin = panel * Panels::width;
    const std::size_t depth = begin + width < Panels::outputs ? width : Panels::outputs - begin;
    turn<C, P, Panels, window.channels % P::lanes == 0>(w + panel * Panels::inputs * Panels::width, width, tap * window.channels + column, depth, turned);
    T* const to = gradient + window.number_at(tap * window.channels) + column;
    for_each_tile<window, tile_shape<P>::rows(C)>([&]<std::size_t h, std::size_t v>(std::size_t line, std::size_t first) {
      constexpr std::size_t R = h * v;
      T* const corner = to + line * window.line_step + first * window.step;
      const T* const d = delta + (line * window.per_line + first) * step + begin;
      P sums[R][C];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k)
          sums[r][k] = load_exact<At, row_of_numbers<window.channels>, P>(corner + r / v * window.line_step + r % v * window.step, k);
      for (std::size_t o = 0; o < depth; ++o) {
        P w_o[C];
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k) w_o[k] = P::load(turned + (o * C + k) * P::lanes);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r) {
          const P d_r(d[(r / v * window.per_line + r % v) * step + o]);
#pragma GCC unroll 16
          for (std::size_t k = 0; k < C; ++k) sums[r][k] = multiply_add(d_r, w_o[k], sums[r][k]);
        }
      }
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k)
          store_exact<At, row_of_numbers<window.channels>>(sums[r][k], corner + r / v * window.line_step + r % v * window.step, k);
    });
  };
  constexpr bool ragged = window.channels % P::lanes != 0;
  constexpr std::size_t rest = (columns - 1) % most + 1;
  for (std::size_t tap = 0; tap < window.taps(); ++tap)
    for (std::size_t panel = 0; panel < Panels::panel_count; ++panel) {
      for (std::size_t k = 0; k + rest < columns; k += most)
        strip_of.template operator()<most, false>(tap, panel, k * P::lanes);
      strip_of.template operator()<rest, ragged>(tap, panel, (columns - rest) * P::lanes);
    }
}

} // namespace inlay::kernel::simd
