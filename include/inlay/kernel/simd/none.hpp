#pragma once

#include "inlay/kernel/reference/columns.hpp"
#include "inlay/kernel/reference/convolution.hpp"
#include "inlay/kernel/reference/elementwise.hpp"
#include "inlay/kernel/reference/linear.hpp"
#include "inlay/kernel/reference/pool.hpp"
#include "inlay/kernel/reference/product.hpp"

#include <cstddef>

/// Without an instruction set of ours (Cortex-M, RISC-V, 32-bit x86) a register is a number and the reference serves.
/// It writes no padding, so what a net has there stays zero.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel {

/// No mode is set: Cortex-M and RISC-V compute with denormals in hardware, and x87 has no such mode, but takes longer for
/// them. The caller's count as zero in inference, as everywhere: the reference reads them so.
class denormals_are_zero {
public:
  constexpr denormals_are_zero() noexcept {} // defaulted, it would be an unused variable
  denormals_are_zero(const denormals_are_zero&) = delete;
  denormals_are_zero& operator=(const denormals_are_zero&) = delete;
};

namespace simd {

struct default_arch {};

template <class T, class>
using pack = T;

/// What is asked of instruction.hpp elsewhere.
namespace instruction {
inline constexpr bool checked = false;
}
template <class F>
constexpr void call(F f) noexcept {
  f();
}

template <class Activation, class, class Panels, class T, class X, class Y, class D>
constexpr void forward(const T* w, const T* bias, X x, Y y, D derivative) noexcept {
  reference::forward<Activation, Panels>(w, bias, x, y, derivative);
}

template <class, class Row, class Panels, std::size_t apart, class T, class F, class... Rows>
constexpr void cell(const T* w, const T* bias, const T* h, const T* x, F f, Rows... rows) noexcept {
  reference::cell<Row, Panels, apart>(w, bias, h, x, f, rows...);
}

template <class, class Panels, class T, class Delta, class G>
constexpr void transposed(const T* w, Delta delta, G gradient) noexcept {
  reference::transposed<Panels>(w, delta, gradient);
}

template <class, class Panels, class T, class X, class Delta>
constexpr void accumulate(X x, Delta delta, T* w, T* bias) noexcept {
  reference::accumulate<Panels>(x, delta, w, bias);
}

template <class, class X, class Y>
constexpr void turn(X x, Y y) noexcept {
  reference::turn(x, y);
}
template <bool adds, class, class X, class W, class Y>
constexpr void product(X x, W w, Y y) noexcept {
  reference::product<adds>(x, w, y);
}
template <class, class X, class W, class Y, class Factors>
constexpr void turned_product(X x, W w, Y y, Factors factors) noexcept {
  reference::turned_product(x, w, y, factors);
}
template <class, class T, class X, class Counted>
constexpr void softmax_columns(T scale, X x, T* over, Counted counted) noexcept {
  reference::softmax_columns(scale, x, over, counted);
}
template <class, class T, class P, class G>
constexpr void softmax_columns_delta(T scale, P p, const T* over, G grad) noexcept {
  reference::softmax_columns_delta(scale, p, over, grad);
}

template <class, class F, class Y, class D, class... X>
constexpr void map_both(F f, Y y, D slope, X... x) noexcept {
  reference::map_both(f, y, slope, x...);
}

enum class lie {
  in_lines,
  anywhere,
};
template <class, lie, class F, class Y, class... X>
constexpr void map(F f, Y y, X... x) noexcept {
  reference::map(f, y, x...);
}

template <class, lie, class F, class First, class... Rows>
constexpr void each(F f, First first, Rows... rows) noexcept {
  reference::each(f, first, rows...);
}

template <class, class F, class Y, class... X>
constexpr void sum_rows(F f, Y total, X... x) noexcept {
  reference::sum_rows(f, total, x...);
}

template <class Activation, class, class Panels, std::size_t taps, class T, class Y>
constexpr void convolve_taps(const T* w, const T* bias, const T* const (&x)[taps], Y y) noexcept {
  reference::convolve_taps<Activation, Panels>(w, bias, x, y);
}

template <windows at, class, class F, class Finish, class T>
constexpr void fold_windows(F f, Finish finish, T first, const T* x, T* y) noexcept {
  reference::fold_windows<at>(f, finish, first, x, y);
}

template <windows at, class, class F, class T>
constexpr void spread_windows(F f, const T* x, const T* y, const T* grad_y, T* gradient) noexcept {
  reference::spread_windows<at>(f, x, y, grad_y, gradient);
}

template <class, class F, class... X>
constexpr auto sum(F f, X... x) noexcept {
  return reference::sum(f, x...);
}

template <class, class X>
constexpr auto largest(X x) noexcept {
  return reference::largest(x);
}

template <class, class F, class Y, class Target, class G, class T>
constexpr T value_and_gradient(F f, Y output, Target target, G gradient, T scale) noexcept {
  return reference::value_and_gradient(f, output, target, gradient, scale);
}

template <class Activation, class, class Panels, windows at, class T, class D>
constexpr void convolve(const T* w, const T* bias, const T* x, T* y, D derivative, std::size_t step) noexcept {
  reference::convolve<Activation, Panels, at>(w, bias, x, y, derivative, step);
}
template <class, class Panels, windows at, class T>
constexpr void accumulate_windows(const T* x, const T* delta, std::size_t step, T* w, T* bias) noexcept {
  reference::accumulate_windows<Panels, at>(x, delta, step, w, bias);
}
template <class, class Panels, windows at, class T>
constexpr void transposed_windows(const T* w, const T* delta, std::size_t step, T* gradient) noexcept {
  reference::transposed_windows<Panels, at>(w, delta, step, gradient);
}
template <class Activation, class, class Panels, windows at, class T, class D>
constexpr void convolve_depthwise(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  reference::convolve_depthwise<Activation, Panels, at>(w, bias, x, y, derivative);
}
template <class, class Panels, windows at, class T>
constexpr void accumulate_depthwise(const T* x, const T* delta, T* w, T* bias) noexcept {
  reference::accumulate_depthwise<Panels, at>(x, delta, w, bias);
}
template <class, class Panels, windows at, class T>
constexpr void transposed_depthwise(const T* w, const T* delta, T* gradient) noexcept {
  reference::transposed_depthwise<Panels, at>(w, delta, gradient);
}

template <class, class Rule, class T, class... State>
constexpr void update(const Rule& rule, std::size_t n, T* w, const T* g, State*... states) noexcept {
  reference::update(rule, n, w, g, states...);
}

template <class, class Panels, class Rule, class X, class Delta, class T, class... State>
constexpr void update(const Rule& rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  reference::update<Panels>(rule, x, delta, weights, w, states...);
}

template <class, class T>
constexpr double sum_of_squares(std::size_t n, const T* x, T scale) noexcept {
  return reference::sum_of_squares(n, x, scale);
}

/// Whether the largest |x[i]| is above the bound and finite.
template <class, class T>
constexpr bool any_above(T bound, const T* x, std::size_t n) noexcept {
  bool found = false;
  for (std::size_t i = 0; i < n; ++i) {
    const T size = math::absolute(x[i]);
    found |= size > bound && size <= math::ieee<T>::largest;
  }
  return found;
}

template <class Arch, class T, class X>
constexpr bool any_above(T bound, X x) noexcept {
  bool found = false;
  for (std::size_t s = 0; s < x.samples(); ++s)
    found |= any_above<Arch>(bound, x[s], X::size);
  return found;
}

} // namespace simd
} // namespace inlay::kernel
