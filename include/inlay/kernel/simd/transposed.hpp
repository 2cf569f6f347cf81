#pragma once

#include "inlay/kernel/simd/tile.hpp"
#include "inlay/kernel/simd/transposition.hpp"

#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

// One sample: each weight is read once; the products of `lanes` rows are summed over their lanes together. What is stored
// is as wide as what will be loaded: a load of several stores waits until all are in the cache.
// w: (In, Out) panels; delta: (Out padded, zero there); gradient: (In padded)
template <bool adds, class P, class G, class Panels, std::size_t written, class T>
inline void transposed_one(const T* w, const T* delta, T* gradient) noexcept {
  constexpr std::size_t lanes = P::lanes;
  const auto sums_of = [&]<std::size_t left>(std::size_t i) {
    if constexpr (left == 0) {
      return P(T(0));
    } else {
      constexpr std::size_t n = left < P::lanes ? left : P::lanes;
      P sums[lanes];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < lanes; ++r) sums[r] = P(T(0));
      for_each_strip<at_once(4), P, Panels>([&](auto at) __attribute__((always_inline)) {
        const T* row = w + at.offset + i * at.step;
#pragma GCC unroll 16
        for (std::size_t k = 0; k < at.columns; ++k) {
          const P d = P::load(delta + at.column + k * lanes);
#pragma GCC unroll 16
          for (std::size_t r = 0; r < n; ++r) sums[r] = multiply_add(d, P::load(row + r * at.step + k * lanes), sums[r]);
        }
      });
      return sum_of_each<lanes>(sums);
    }
  };
  constexpr std::size_t parts = G::lanes > lanes ? G::lanes / lanes : 1;
  for_each_group<parts * lanes, Panels::inputs>([&]<std::size_t n>(std::size_t i) {
    [&]<std::size_t... p>(std::index_sequence<p...>) {
      const P part[] { sums_of.template operator()<(n > p * P::lanes ? n - p * P::lanes : 0)>(i + p * P::lanes)... };
      const auto sum = joined<parts>(part);
      (adds ? sum + decltype(joined<parts>(part))::load(gradient + i) : sum).store(gradient + i);
    }(std::make_index_sequence<parts>{});
  });
  for (std::size_t i = adds ? written : ceil_div(Panels::inputs, parts * lanes) * parts * lanes; i < written; i += lanes)
    P(T(0)).store(gradient + i);
}

/// Writes the transpose of `outputs` columns of C registers' worth of rows to `turned`. `even`: `first` is a multiple of the
/// lanes, so that only the last square may reach over the last row.
// rows: (inputs, step) from row `first` on; turned: (outputs, C registers)
template <std::size_t C, class P, class Panels, bool even = true, class T>
inline void turn(const T* rows, std::size_t step, std::size_t first, std::size_t outputs, T* turned) noexcept {
  constexpr std::size_t lanes = P::lanes;
  if constexpr (!in_squares || Panels::row_length < lanes) { // or too narrow for one
    for (std::size_t o = 0; o < outputs; ++o)
      for (std::size_t i = 0; i < C * lanes; ++i)
        turned[o * C * lanes + i] = first + i < Panels::inputs ? rows[(first + i) * step + o] : T(0);
  } else {
    for (std::size_t o = 0; o < outputs; o += lanes)
      for (std::size_t k = 0; k < C; ++k) {
        const std::size_t begin = first + k * lanes;
        P square[lanes];
        if ((even && Panels::inputs % lanes == 0) || begin + lanes <= Panels::inputs) {
#pragma GCC unroll 16
          for (std::size_t r = 0; r < lanes; ++r) square[r] = P::load(rows + (begin + r) * step + o);
        } else {
#pragma GCC unroll 16
          for (std::size_t r = 0; r < lanes; ++r)
            square[r] = begin + r < Panels::inputs ? P::load(rows + (begin + r) * step + o) : P(T(0));
        }
        transpose(square);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < lanes; ++r) square[r].store(turned + (o + r) * C * lanes + k * lanes);
      }
  }
}

// Many samples: for each register tile of inputs, a panel's rows are transposed once and reused over the batch.
// w: (In, Out) panels; delta: (samples, Out); gradient: (samples, In padded)
template <bool adds, class P, class Panels, std::size_t written, class Delta, class G>
inline void transposed_many(const typename P::scalar* w, Delta delta, G gradient) noexcept {
  using T = typename P::scalar;
  constexpr std::size_t lanes = P::lanes;
  constexpr std::size_t columns = written / lanes;
  constexpr std::size_t most = ceil_div(columns, ceil_div(columns, tile_shape<P>::columns));
  alignas(alignment) T turned[(Panels::width < lanes ? lanes : Panels::width) * most * lanes];
  const auto inputs_strip = [&]<std::size_t C>(std::size_t i) {
    for (std::size_t panel = 0; panel < Panels::panel_count; ++panel) {
      const std::size_t step = Panels::width_of(panel);
      const std::size_t begin = panel * Panels::width;
      const std::size_t depth = begin + step < Panels::outputs ? step : Panels::outputs - begin;
      turn<C, P, Panels>(w + panel * Panels::inputs * Panels::width, step, i, depth, turned);
      for_each_group<tile_shape<P>::rows(C), Delta::capacity>(delta.samples(), [&]<std::size_t R>(std::size_t sample) {
        P sums[R][C];
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
          for (std::size_t k = 0; k < C; ++k)
            sums[r][k] = panel == 0 && !adds ? P(T(0)) : P::load(gradient[sample + r] + i + k * lanes);
        multiply_tile<R, C>(sums, delta[sample] + begin, Delta::stride, 1, turned, C * lanes, depth);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
          for (std::size_t k = 0; k < C; ++k) sums[r][k].store(gradient[sample + r] + i + k * lanes);
      });
    }
  };
  for (std::size_t k = 0; k + most <= columns; k += most) inputs_strip.template operator()<most>(k * lanes);
  if constexpr (columns % most != 0) inputs_strip.template operator()<columns % most>(columns / most * most * lanes);
}

template <bool adds, class Arch, class Panels, class T, class Delta, class G>
inline void transposed(const T* w, Delta delta, G gradient) noexcept {
  constexpr std::size_t written = covered<T, Panels::inputs, Arch>;
  using wide = register_for<T, Panels::inputs, Arch>;
  const auto one = [&](std::size_t sample) __attribute__((always_inline)) {
    transposed_one<adds, way_back<T, Panels::outputs, Arch>, wide, Panels, written>(w, delta[sample], gradient[sample]);
  };
  if constexpr (instruction::checked) // for one sample, too: it takes no register for each of `lanes` inputs
    call([&] { transposed_many<adds, wide, Panels, written>(w, delta, gradient); });
  else if constexpr (Delta::capacity == 1) one(0);
  else if (delta.samples() > few<T, Panels>) transposed_many<adds, wide, Panels, written>(w, delta, gradient);
  else
    call([&] { // whose registers for each input are not on the stack of all layers
      for (std::size_t sample = 0; sample < delta.samples(); ++sample) one(sample);
    });
}

} // namespace inlay::kernel::simd
