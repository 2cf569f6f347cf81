#pragma once

#include "inlay/kernel/reference/columns.hpp"
#include "inlay/kernel/reference/convolution.hpp"
#include "inlay/kernel/reference/elementwise.hpp"
#include "inlay/kernel/reference/linear.hpp"
#include "inlay/kernel/reference/pool.hpp"
#include "inlay/kernel/reference/product.hpp"
#include "inlay/kernel/simd/lie.hpp"
#include "inlay/kernel/windows.hpp"

#include <cstddef>
#include <type_traits>

/// The kernels of numbers that no register holds: the reference, under the names of the others. Such are dual numbers, and all numbers
/// where there is no instruction set of ours.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

template <class T>
concept by_number = INLAY_HAS_SIMD == 0 || !real<T>;
template <class Rows>
concept rows_by_number = by_number<std::remove_const_t<typename Rows::element>>;

template <class Activation, class, class Panels, by_number T, class X, class Y, class D>
constexpr void forward(const T* w, const T* bias, X x, Y y, D derivative) noexcept {
  reference::forward<Activation, Panels>(w, bias, x, y, derivative);
}

template <class, class Row, class Panels, std::size_t apart, class F, by_number T, class Y, class... Rows>
constexpr void cell(const T* w, const T* bias, const T* h, const T* x, F f, Y y, Rows... rows) noexcept {
  reference::cell<Row, Panels, apart>(w, bias, h, x, f, y, rows...);
}

template <bool adds, class, class Panels, by_number T, class Delta, class G>
constexpr void transposed(const T* w, Delta delta, G gradient) noexcept {
  reference::transposed<adds, Panels>(w, delta, gradient);
}

template <class, class Panels, by_number T, class X, class Delta>
constexpr void accumulate(X x, Delta delta, T* w, T* bias) noexcept {
  reference::accumulate<Panels>(x, delta, w, bias);
}

template <class, std::size_t R, std::size_t C, bool foreign, by_number T>
constexpr void turn_numbers(const T* x, T* y) noexcept {
  reference::turn_numbers<R, C, foreign>(x, y);
}
template <class, class X, rows_by_number Y>
constexpr void turn(X x, Y y) noexcept {
  reference::turn(x, y);
}
template <bool adds, class, class X, class W, rows_by_number Y>
constexpr void product(X x, W w, Y y) noexcept {
  reference::product<adds>(x, w, y);
}
template <class, class X, class W, rows_by_number Y, class Factors>
constexpr void turned_product(X x, W w, Y y, Factors factors) noexcept {
  reference::turned_product(x, w, y, factors);
}
template <class, by_number T, class X, class Counted>
constexpr void softmax_columns(T scale, X x, T* over, Counted counted) noexcept {
  reference::softmax_columns(scale, x, over, counted);
}
template <class, by_number T, class P, class G>
constexpr void softmax_columns_delta(T scale, P p, const T* over, G grad) noexcept {
  reference::softmax_columns_delta(scale, p, over, grad);
}

template <class, class F, rows_by_number Y, class D, class... X>
constexpr void map_both(F f, Y y, D slope, X... x) noexcept {
  reference::map_both(f, y, slope, x...);
}

template <class, lie, class F, rows_by_number Y, class... X>
constexpr void map(F f, Y y, X... x) noexcept {
  reference::map(f, y, x...);
}

template <class, lie, class F, rows_by_number First, class... Rows>
constexpr void each(F f, First first, Rows... rows) noexcept {
  reference::each(f, first, rows...);
}

template <class, class F, class Y, rows_by_number First, class... X>
constexpr void sum_rows(F f, Y total, First first, X... x) noexcept {
  reference::sum_rows(f, total, first, x...);
}

template <class Activation, class, class Panels, std::size_t taps, by_number T, class Y>
constexpr void convolve_taps(const T* w, const T* bias, const T* const (&x)[taps], Y y) noexcept {
  reference::convolve_taps<Activation, Panels>(w, bias, x, y);
}

template <windows at, class, class F, class Finish, by_number T>
constexpr void fold_windows(F f, Finish finish, T first, const T* x, T* y) noexcept {
  reference::fold_windows<at>(f, finish, first, x, y);
}

template <windows at, class, class F, by_number T>
constexpr void spread_windows(F f, const T* x, const T* y, const T* grad_y, T* gradient) noexcept {
  reference::spread_windows<at>(f, x, y, grad_y, gradient);
}

template <class, class X, rows_by_number Y>
constexpr void copy_rows(X x, Y y) noexcept {
  reference::copy_rows(x, y);
}
template <class, class X, rows_by_number Y>
constexpr void add_rows(X x, Y y) noexcept {
  reference::add_rows(x, y);
}
template <class, class F, by_number T>
constexpr T of_one(F f, T x) noexcept {
  return f(x);
}
template <class, class F, rows_by_number First, class... X>
constexpr auto sum(F f, First first, X... x) noexcept {
  return reference::sum(f, first, x...);
}

template <class, rows_by_number X>
constexpr auto largest(X x) noexcept {
  return reference::largest(x);
}

template <class, class F, class Y, class Target, class G, by_number T>
constexpr T value_and_gradient(F f, Y output, Target target, G gradient, T scale) noexcept {
  return reference::value_and_gradient(f, output, target, gradient, scale);
}

template <class Activation, class, class Panels, windows at, by_number T, class D>
constexpr void convolve(const T* w, const T* bias, const T* x, T* y, D derivative, std::size_t step) noexcept {
  reference::convolve<Activation, Panels, at>(w, bias, x, y, derivative, step);
}
template <class, class Panels, windows at, by_number T>
constexpr void accumulate_windows(const T* x, const T* delta, std::size_t step, T* w, T* bias) noexcept {
  reference::accumulate_windows<Panels, at>(x, delta, step, w, bias);
}
template <class, class Panels, windows at, by_number T>
constexpr void transposed_windows(const T* w, const T* delta, std::size_t step, T* gradient) noexcept {
  reference::transposed_windows<Panels, at>(w, delta, step, gradient);
}
template <class Activation, class, class Panels, windows at, by_number T, class D>
constexpr void convolve_depthwise(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  reference::convolve_depthwise<Activation, Panels, at>(w, bias, x, y, derivative);
}
template <class, class Panels, windows at, by_number T>
constexpr void accumulate_depthwise(const T* x, const T* delta, T* w, T* bias) noexcept {
  reference::accumulate_depthwise<Panels, at>(x, delta, w, bias);
}
template <class, class Panels, windows at, by_number T>
constexpr void transposed_depthwise(const T* w, const T* delta, T* gradient) noexcept {
  reference::transposed_depthwise<Panels, at>(w, delta, gradient);
}

} // namespace inlay::kernel::simd
