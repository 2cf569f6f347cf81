#pragma once

#include "inlay/kernel/layout.hpp"
#include "inlay/kernel/reference/elementwise.hpp"

#include <array>
#include <cstddef>
#include <type_traits>

/// The specification: what the kernels compute, in plain loops that also run in constant evaluation.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::reference {

// y = σ(x W + bias), derivative = σ′(x W + bias)
template <class Activation, class Panels, class T, class X, class Y, class D>
constexpr void forward(const T* w, const T* bias, X x, Y y, D derivative) noexcept {
  for (std::size_t s = 0; s < x.samples(); ++s)
    for (std::size_t o = 0; o < Panels::outputs; ++o) {
      T z = bias[o];
      for (std::size_t i = 0; i < Panels::inputs; ++i) z += w[Panels::index(o, i)] * x.number(s, i);
      const auto a = Activation::at(z);
      y[s][o] = a.value;
      if constexpr (!std::is_null_pointer_v<D>) derivative[s][o] = a.derivative;
    }
}

// f(z, x, v...) for each unit: by gate z = h W + bias, with x, what the input gave, for all gates but the last `apart`; the first of v
// is written, not read
template <class Row, class Panels, std::size_t apart, class F, class T, class... Rows>
constexpr void cell(const T* w, const T* bias, const T* h, const T* x, F f, Rows... rows) noexcept {
  T before[Row::units]{}; // h may be one of the rows
  for (std::size_t i = 0; i < Row::units; ++i) before[i] = h[i];
  for (std::size_t n = 0; n < Row::units; ++n) {
    std::array<T, Row::gates> given{}, z{};
    for (std::size_t g = 0; g < Row::gates; ++g) {
      const std::size_t o = Row::column(g, n);
      given[g] = x[o], z[g] = bias[o] + (g + apart < Row::gates ? x[o] : T(0));
      for (std::size_t i = 0; i < Row::units; ++i) z[g] += w[Panels::index(o, i)] * before[i];
    }
    for_numbers([&](auto&... v) { f(z, given, v...); }, (rows[0] + n)...);
  }
}

// gradient = delta Wᵀ, or that is added
template <bool adds, class Panels, class T, class Delta, class G>
constexpr void transposed(const T* w, Delta delta, G gradient) noexcept {
  for (std::size_t s = 0; s < delta.samples(); ++s)
    for (std::size_t i = 0; i < Panels::inputs; ++i) {
      T sum = adds ? gradient[s][i] : T(0);
      for (std::size_t o = 0; o < Panels::outputs; ++o) sum += w[Panels::index(o, i)] * delta[s][o];
      gradient[s][i] = sum;
    }
}

// W += delta xᵀ, bias += delta, summed over the samples
template <class Panels, class T, class X, class Delta>
constexpr void accumulate(X x, Delta delta, T* w, T* bias) noexcept {
  for (std::size_t s = 0; s < x.samples(); ++s)
    for (std::size_t o = 0; o < Panels::outputs; ++o) {
      bias[o] += delta[s][o];
      for (std::size_t i = 0; i < Panels::inputs; ++i) w[Panels::index(o, i)] += delta[s][o] * x[s][i];
    }
}

// rule(w, g, states...) for each weight, from number `weights` on, and each bias, g = delta xᵀ and delta over the samples
template <class Panels, class Rule, class X, class Delta, class T, class... State>
constexpr void update(const Rule& rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  for (std::size_t o = 0; o < Panels::outputs; ++o) {
    T bias = 0;
    for (std::size_t s = 0; s < x.samples(); ++s) bias += delta[s][o];
    rule(w[o], bias, states[o]...);
    for (std::size_t i = 0; i < Panels::inputs; ++i) {
      T g = 0;
      for (std::size_t s = 0; s < x.samples(); ++s) g += delta[s][o] * x[s][i];
      const std::size_t at = weights + Panels::index(o, i);
      rule(w[at], g, states[at]...);
    }
  }
}

} // namespace inlay::kernel::reference
