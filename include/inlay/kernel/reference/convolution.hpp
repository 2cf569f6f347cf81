#pragma once

#include "inlay/kernel/windows.hpp"

#include <cstddef>
#include <type_traits>

/// What the kernels of convolutions compute, of one sample: x the input, y and delta rows of outputs, one a window, `step`
/// from one to the next.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::reference {

// y = σ(window W + bias), derivative = σ′(window W + bias)
template <class Activation, class Panels, windows at, class T, class D>
constexpr void convolve(const T* w, const T* bias, const T* x, T* y, D derivative, std::size_t step) noexcept {
  for (std::size_t p = 0; p < at.count(); ++p)
    for (std::size_t o = 0; o < Panels::outputs; ++o) {
      T z = bias[o];
      for (std::size_t i = 0; i < Panels::inputs; ++i) z += w[Panels::index(o, i)] * x[at.at(p) + at.number_at(i)];
      const auto a = Activation::at(z);
      y[p * step + o] = a.value;
      if constexpr (!std::is_null_pointer_v<D>) derivative[p * step + o] = a.derivative;
    }
}

// y = σ(x W + bias), where x is the rows of all taps side by side
template <class Activation, class Panels, std::size_t taps, class T, class Y>
constexpr void convolve_taps(const T* w, const T* bias, const T* const (&x)[taps], Y y) noexcept {
  constexpr std::size_t run = Panels::inputs / taps;
  for (std::size_t s = 0; s < y.samples(); ++s)
    for (std::size_t o = 0; o < Panels::outputs; ++o) {
      T z = bias[o];
      for (std::size_t t = 0; t < taps; ++t)
        for (std::size_t i = 0; i < run; ++i) z += w[Panels::index(o, t * run + i)] * x[t][s * run + i];
      y[s][o] = Activation::at(z).value;
    }
}

// W += delta windowᵀ, bias += delta, summed over the windows
template <class Panels, windows at, class T>
constexpr void accumulate_windows(const T* x, const T* delta, std::size_t step, T* w, T* bias) noexcept {
  for (std::size_t p = 0; p < at.count(); ++p)
    for (std::size_t o = 0; o < Panels::outputs; ++o) {
      bias[o] += delta[p * step + o];
      for (std::size_t i = 0; i < Panels::inputs; ++i)
        w[Panels::index(o, i)] += delta[p * step + o] * x[at.at(p) + at.number_at(i)];
    }
}

// gradient += delta Wᵀ, each number where its window has it
template <class Panels, windows at, class T>
constexpr void transposed_windows(const T* w, const T* delta, std::size_t step, T* gradient) noexcept {
  for (std::size_t p = 0; p < at.count(); ++p)
    for (std::size_t i = 0; i < Panels::inputs; ++i) {
      T sum = 0;
      for (std::size_t o = 0; o < Panels::outputs; ++o) sum += w[Panels::index(o, i)] * delta[p * step + o];
      gradient[at.at(p) + at.number_at(i)] += sum;
    }
}

// y = σ(Σ over taps of window ⊙ W + bias), derivative = σ′ of it
template <class Activation, class Panels, windows at, class T, class D>
constexpr void convolve_depthwise(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  for (std::size_t p = 0; p < at.count(); ++p)
    for (std::size_t c = 0; c < at.channels; ++c) {
      T z = bias[c];
      for (std::size_t t = 0; t < at.taps(); ++t) z += w[Panels::index(c, t)] * x[at.at(p) + at.run_at(t) + c];
      const auto a = Activation::at(z);
      y[p * at.channels + c] = a.value;
      if constexpr (!std::is_null_pointer_v<D>) derivative[p * at.channels + c] = a.derivative;
    }
}

// W += delta ⊙ window, bias += delta, summed over the windows
template <class Panels, windows at, class T>
constexpr void accumulate_depthwise(const T* x, const T* delta, T* w, T* bias) noexcept {
  for (std::size_t p = 0; p < at.count(); ++p)
    for (std::size_t c = 0; c < at.channels; ++c) {
      const T d = delta[p * at.channels + c];
      bias[c] += d;
      for (std::size_t t = 0; t < at.taps(); ++t) w[Panels::index(c, t)] += d * x[at.at(p) + at.run_at(t) + c];
    }
}

// gradient += delta ⊙ W, each number where its window has it
template <class Panels, windows at, class T>
constexpr void transposed_depthwise(const T* w, const T* delta, T* gradient) noexcept {
  for (std::size_t p = 0; p < at.count(); ++p)
    for (std::size_t c = 0; c < at.channels; ++c)
      for (std::size_t t = 0; t < at.taps(); ++t)
        gradient[at.at(p) + at.run_at(t) + c] += delta[p * at.channels + c] * w[Panels::index(c, t)];
}

} // namespace inlay::kernel::reference
