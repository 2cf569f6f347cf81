#pragma once

#include "inlay/kernel/simd/elementwise.hpp"
#include "inlay/kernel/windows.hpp"

/// Windows of one sample channel by channel, channels across the lanes. Rows lie without padding between them.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

// x: the sample; y: (windows, channels)
template <windows at, class Arch, class F, class Finish, class T>
inline void fold_windows(F f, Finish finish, T first, const T* x, T* y) noexcept {
  using P = register_for<T, at.channels, Arch>;
  for_each_register<at.channels, P>([&]<std::size_t n>(std::size_t c) __attribute__((always_inline)) {
    for (std::size_t line = 0; line < at.lines; ++line)
      for (std::size_t k = 0; k < at.per_line; ++k) {
        const T* corner = x + line * at.line_step + k * at.step + c;
        const std::size_t p = line * at.per_line + k;
        P all(first);
        for (std::size_t t = 0; t < at.taps(); ++t) all = f(all, P::template load_first<n>(corner + at.run_at(t)));
        finish(all, p).template store_first<n>(y + p * at.channels + c);
      }
  });
}

// x: the sample; y, grad_y: (windows, channels); gradient: as the sample
template <windows at, class Arch, class F, class T>
inline void spread_windows(F f, const T* x, const T* y, const T* grad_y, T* gradient) noexcept {
  using P = register_for<T, at.channels, Arch>;
  for_each_register<at.channels, P>([&]<std::size_t n>(std::size_t c) __attribute__((always_inline)) {
    for (std::size_t line = 0; line < at.lines; ++line)
      for (std::size_t k = 0; k < at.per_line; ++k) {
        const std::size_t corner = line * at.line_step + k * at.step + c, p = line * at.per_line + k;
        P left = P::template load_first<n>(grad_y + p * at.channels + c);
        const P y_p = P::template load_first<n>(y + p * at.channels + c);
        for (std::size_t t = 0; t < at.taps(); ++t) {
          T* const to = gradient + corner + at.run_at(t);
          const P share = f(p, left, P::template load_first<n>(x + corner + at.run_at(t)), y_p);
          (P::template load_first<n>(to) + share).template store_first<n>(to);
        }
      }
  });
}

} // namespace inlay::kernel::simd
