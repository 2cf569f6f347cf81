#pragma once

#include "inlay/kernel/simd/tile.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

// The outer product: w[i][o] += sum over samples of x[i] delta[o]; bias[o] += sum over samples of delta[o].
// x: (samples, In); delta: (samples, Out padded, zero there); w: (In, Out) panels; bias: (Out padded)
template <class Arch, class Panels, class T, class X, class Delta>
inline void accumulate(X x, Delta delta, T* w, T* bias) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  constexpr bool one = X::capacity == 1;
  for_each_strip<one ? at_once(8) : tile_shape<P>::columns, P, Panels>([&](auto at) __attribute__((always_inline)) {
    using At = decltype(at);
    constexpr std::size_t C = At::columns;
    P sums[C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) sums[k] = P::load(bias + at.column + k * P::lanes);
    for (std::size_t sample = 0; sample < x.samples(); ++sample)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) sums[k] = sums[k] + P::load(delta[sample] + at.column + k * P::lanes);
    store_strip<At, Panels>(sums, bias + at.column);

    for_each_group<one ? at_once(4) : tile_shape<P>::rows(C), Panels::inputs>([&]<std::size_t R>(std::size_t i) {
      T* row = w + at.offset + i * at.step;
      P c[R][C];
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k) c[r][k] = P::load(row + r * at.step + k * P::lanes);
      multiply_tile<R, C>(c, x.data + i, 1, X::stride, delta.data + at.column, Delta::stride, x.samples());
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r) store_strip<At, Panels>(c[r], row + r * at.step);
    });
  });
}

} // namespace inlay::kernel::simd
