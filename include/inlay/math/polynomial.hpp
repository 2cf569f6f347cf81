#pragma once

#include "inlay/math/arithmetic.hpp"

namespace inlay::math {

/// c0 + c1 x + c2 x² + ..., by Horner's rule in x² over pairs of terms: as many multiply-adds as Horner's rule in x, in
/// half its latency.
template <class V>
constexpr V polynomial(V, V, scalar_of<V> c0) noexcept {
  return V(c0);
}
template <class V>
constexpr V polynomial(V x, V, scalar_of<V> c0, scalar_of<V> c1) noexcept {
  return multiply_add(V(c1), x, V(c0));
}
template <class V, class... Rest>
constexpr V polynomial(V x, V x_squared, scalar_of<V> c0, scalar_of<V> c1, Rest... rest) noexcept {
  return multiply_add(polynomial(x, x_squared, rest...), x_squared, multiply_add(V(c1), x, V(c0)));
}

} // namespace inlay::math
