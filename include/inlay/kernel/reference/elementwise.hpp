#pragma once

#include "inlay/math/arithmetic.hpp"
#include "inlay/tensor.hpp"

#include <cstddef>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::reference {

// y += x
template <class X, class Y>
constexpr void add_rows(X x, Y y) noexcept {
  for (std::size_t s = 0; s < x.samples(); ++s)
    for (std::size_t i = 0; i < X::size; ++i) y[s][i] += x.number(s, i);
}

// y = x, and zero in the padding of y
template <class X, class Y>
constexpr void copy_rows(X x, Y y) noexcept {
  for (std::size_t s = 0; s < x.samples(); ++s) {
    for (std::size_t i = 0; i < X::size; ++i) y[s][i] = x.number(s, i);
    for (std::size_t i = X::size; i < end_of_row<Y>; ++i) y[s][i] = 0;
  }
}

template <class F, class Y, class... X>
constexpr void map(F f, Y y, X... x) noexcept {
  for (std::size_t s = 0; s < y.samples(); ++s)
    for (std::size_t i = 0; i < Y::size; ++i) y[s][i] = f(x[s][i]...);
}

/// f(v...) for the numbers at these places, by reference; what is const is not written.
template <class F, class... At>
constexpr void for_numbers(F f, At*... at) noexcept {
  [&](std::remove_const_t<At>... v) {
    f(v...);
    const auto put = [](auto* to, auto value) {
      if constexpr (!std::is_const_v<std::remove_pointer_t<decltype(to)>>) *to = value;
    };
    (put(at, v), ...);
  }(*at...);
}

template <class F, class First, class... Rows>
constexpr void each(F f, First first, Rows... rows) noexcept {
  for (std::size_t s = 0; s < first.samples(); ++s)
    for (std::size_t i = 0; i < First::size; ++i) for_numbers(f, first[s] + i, (rows[s] + i)...);
}

template <class F, class Y, class... X>
constexpr void sum_rows(F f, Y total, X... x) noexcept {
  const auto first = [](auto rows, auto...) { return rows; }(x...);
  for (std::size_t s = 0; s < first.samples(); ++s)
    for (std::size_t c = 0; c < Y::size; ++c) total[0][c] += f(x[s][c]...);
}

template <class F, class Y, class D, class... X>
constexpr void map_both(F f, Y y, D slope, X... x) noexcept {
  for (std::size_t s = 0; s < y.samples(); ++s)
    for (std::size_t i = 0; i < Y::size; ++i) {
      const auto a = f(x[s][i]...);
      y[s][i] = a.value;
      slope[s][i] = a.derivative;
    }
}

template <class F, class Y, class Target, class G, class T>
constexpr T value_and_gradient(F f, Y output, Target target, G gradient, T scale) noexcept {
  T sum = 0;
  for (std::size_t i = 0; i < Y::size; ++i) {
    const auto at = f(T(output.data[i]), T(target.data[i]));
    sum += at.value;
    gradient.data[i] = at.derivative * scale;
  }
  return sum;
}

template <class X>
constexpr auto largest(X x) noexcept {
  std::remove_const_t<typename X::element> most = x.data[0];
  for (std::size_t i = 1; i < X::size; ++i) most = math::maximum(x.data[i], most);
  return most;
}

template <class F, class First, class... X>
constexpr auto sum(F f, First first, X... x) noexcept {
  std::remove_const_t<typename First::element> total = 0;
  for (std::size_t i = 0; i < First::size; ++i) total += f(first.data[i], x.data[i]...);
  return total;
}

template <class T>
constexpr double sum_of_squares(std::size_t n, const T* x, T scale) noexcept {
  double total = 0;
  for (std::size_t i = 0; i < n; ++i) total += static_cast<double>(x[i] * scale) * static_cast<double>(x[i] * scale);
  return total;
}

template <class Rule, class T, class... State>
constexpr void update(const Rule& rule, std::size_t n, T* w, const T* g, State*... states) noexcept {
  for (std::size_t i = 0; i < n; ++i) rule(w[i], g[i], states[i]...);
}

} // namespace inlay::kernel::reference
