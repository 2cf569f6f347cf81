#pragma once

#include "inlay/math/arithmetic.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::math {

/// c0 + c1 x + c2 x² + ..., by Horner's rule: the fewest instructions.
template <class V>
constexpr V horner(V, scalar_of<V> c0) noexcept {
  return V(c0);
}
template <class V, class... Rest>
constexpr V horner(V x, scalar_of<V> c0, Rest... rest) noexcept {
  return multiply_add(horner(x, rest...), x, V(c0));
}

/// c0 + c1 x + c2 x² + ..., by Horner's rule in x² over pairs of terms: as many multiply-adds in half the
/// latency.
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
