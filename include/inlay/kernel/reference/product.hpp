#pragma once

#include "inlay/tensor.hpp"

#include <cstddef>
#include <type_traits>

/// Products of matrices that are rows of ours.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::reference {

// y = xᵀ, what is behind its columns zero
template <class X, class Y>
constexpr void turn(X x, Y y) noexcept {
  for (std::size_t i = 0; i < X::size; ++i)
    for (std::size_t s = 0; s < Y::stride; ++s) y[i][s] = s < x.samples() ? x[s][i] : 0;
}

// x: (R, C), y: (C, R), one row behind the other
template <std::size_t R, std::size_t C, bool foreign, class T>
constexpr void turn_numbers(const T* x, T* y) noexcept {
  for (std::size_t r = 0; r < R; ++r)
    for (std::size_t c = 0; c < C; ++c) y[c * R + r] = foreign ? math::flush_denormal(x[r * C + c]) : x[r * C + c];
}

// y = x w, or y += x w
template <bool adds, class X, class W, class Y>
constexpr void product(X x, W w, Y y) noexcept {
  for (std::size_t s = 0; s < y.samples(); ++s)
    for (std::size_t o = 0; o < Y::size; ++o) {
      typename Y::element sum = adds ? y[s][o] : 0;
      for (std::size_t i = 0; i < w.samples(); ++i) sum += x[s][i] * w[i][o];
      y[s][o] = sum;
    }
}

// y = xᵀ w, row i times factors[i] unless that is nullptr
template <class X, class W, class Y, class Factors>
constexpr void turned_product(X x, W w, Y y, Factors factors) noexcept {
  for (std::size_t i = 0; i < y.samples(); ++i)
    for (std::size_t o = 0; o < Y::size; ++o) {
      typename Y::element sum = 0;
      for (std::size_t s = 0; s < x.samples(); ++s) sum += x[s][i] * w[s][o];
      if constexpr (!std::is_null_pointer_v<Factors>) sum *= factors[i];
      y[i][o] = sum;
    }
}

} // namespace inlay::kernel::reference
