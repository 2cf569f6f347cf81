#pragma once

#include "inlay/kernel/windows.hpp"

#include <cstddef>

/// Windows of one sample channel by channel: x the input, y and grad_y rows of channels, one a window.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::reference {

template <windows at, class F, class Finish, class T>
constexpr void fold_windows(F f, Finish finish, T first, const T* x, T* y) noexcept {
  for (std::size_t p = 0; p < at.count(); ++p)
    for (std::size_t c = 0; c < at.channels; ++c) {
      T all = first;
      for (std::size_t t = 0; t < at.taps(); ++t) all = f(all, x[at.at(p) + at.run_at(t) + c]);
      y[p * at.channels + c] = finish(all, p);
    }
}

template <windows at, class F, class T>
constexpr void spread_windows(F f, const T* x, const T* y, const T* grad_y, T* gradient) noexcept {
  for (std::size_t p = 0; p < at.count(); ++p)
    for (std::size_t c = 0; c < at.channels; ++c) {
      T left = grad_y[p * at.channels + c];
      for (std::size_t t = 0; t < at.taps(); ++t) {
        const std::size_t i = at.at(p) + at.run_at(t) + c;
        gradient[i] += f(p, left, x[i], y[p * at.channels + c]);
      }
    }
}

} // namespace inlay::kernel::reference
