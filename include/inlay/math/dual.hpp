#pragma once

#include "inlay/math/arithmetic.hpp"

#include <type_traits>

/// Dual numbers v + t ε of scalars or registers, ε² = 0: a formula of them gives its value and its derivative along the tangent t (Clifford 1873; Griewank, Walther
/// 2008, chapter 3). What a formula chooses by a comparison, by the bits of a number, or clamps, is chosen by the value.
namespace inlay::inline INLAY_INSTRUCTION_SET::math {

template <class V>
struct dual : dual_number {
  using scalar = scalar_of<V>; ///< a formula's constants are of this type
  V value, tangent;

  dual() = default;
  constexpr dual(V value, V tangent) noexcept : value(value), tangent(tangent) {}
  template <class N>
    requires(std::is_arithmetic_v<N>)
  constexpr dual(N constant) noexcept : value(static_cast<V>(constant)), tangent(0) {}
  template <class N>
    requires(std::is_arithmetic_v<N>)
  explicit constexpr operator N() const noexcept {
    return static_cast<N>(value);
  }

  friend constexpr dual operator-(dual a) noexcept { return {-a.value, -a.tangent}; }
  friend constexpr dual operator+(dual a, dual b) noexcept { return {a.value + b.value, a.tangent + b.tangent}; }
  friend constexpr dual operator-(dual a, dual b) noexcept { return {a.value - b.value, a.tangent - b.tangent}; }
  friend constexpr dual operator*(dual a, dual b) noexcept { return {a.value * b.value, a.value * b.tangent + a.tangent * b.value}; }
  friend constexpr dual operator/(dual a, dual b) noexcept {
    const V q = a.value / b.value;
    return {q, (a.tangent - q * b.tangent) / b.value};
  }
  constexpr dual& operator+=(dual b) noexcept { return *this = *this + b; }
  constexpr dual& operator-=(dual b) noexcept { return *this = *this - b; }
  constexpr dual& operator*=(dual b) noexcept { return *this = *this * b; }
  constexpr dual& operator/=(dual b) noexcept { return *this = *this / b; }

  friend constexpr bool operator==(dual a, dual b) noexcept { return a.value == b.value; }
  friend constexpr auto operator<(dual a, dual b) noexcept { return a.value < b.value; }
  friend constexpr auto operator<=(dual a, dual b) noexcept { return a.value <= b.value; }
  friend constexpr auto operator>(dual a, dual b) noexcept { return a.value > b.value; }
  friend constexpr auto operator>=(dual a, dual b) noexcept { return a.value >= b.value; }
};

template <class V>
constexpr dual<V> as_written(dual<V> x) noexcept {
  return {as_written(x.value), x.tangent};
}
template <class V>
constexpr dual<V> multiply_add(dual<V> a, dual<V> b, dual<V> c) noexcept {
  return {multiply_add(a.value, b.value, c.value), multiply_add(a.value, b.tangent, multiply_add(a.tangent, b.value, c.tangent))};
}
template <class V>
constexpr dual<V> negated_multiply_add(dual<V> a, dual<V> b, dual<V> c) noexcept {
  return multiply_add(-a, b, c);
}
template <class V>
constexpr dual<V> product(dual<V> a, dual<V> b) noexcept {
  return {product(a.value, b.value), a.value * b.tangent + a.tangent * b.value};
}
template <class Condition, class V>
constexpr dual<V> select(Condition condition, dual<V> yes, dual<V> no) noexcept {
  return {select(condition, yes.value, no.value), select(condition, yes.tangent, no.tangent)};
}
template <class V>
constexpr dual<V> minimum(dual<V> a, dual<V> b) noexcept {
  return select(a.value < b.value, a, b);
}
template <class V>
constexpr dual<V> maximum(dual<V> a, dual<V> b) noexcept {
  return select(a.value > b.value, a, b);
}
template <class V>
constexpr dual<V> within(dual<V> x, dual<V> low, dual<V> high) noexcept {
  return minimum(high, maximum(low, x));
}
template <class V>
constexpr dual<V> saturating_multiply_add(dual<V> a, dual<V> b, dual<V> c) noexcept {
  return {saturating_multiply_add(a.value, b.value, c.value), a.value * b.tangent + a.tangent * b.value + c.tangent};
}
// Zero counts as positive, whatever its sign, so that what is chosen by a comparison and by this agrees; but a magnitude of zero, which may
// come from below, has the sign of its bit.
template <class V>
constexpr dual<V> absolute(dual<V> x) noexcept {
  return {absolute(x.value), select(x.value < V(0), -x.tangent, x.tangent)};
}
template <class V>
constexpr dual<V> copy_sign(dual<V> magnitude, dual<V> sign) noexcept {
  const V slope = magnitude.tangent * copy_sign(V(1), magnitude.value);
  return {copy_sign(magnitude.value, sign.value), select(sign.value < V(0), -slope, slope)};
}
template <class V>
constexpr dual<V> flush_denormal(dual<V> x) noexcept {
  return {flush_denormal(x.value), flush_denormal(x.tangent)};
}
template <class V>
constexpr bool is_finite(const dual<V>& x) noexcept {
  return is_finite(x.value);
}
template <class V>
constexpr dual<V> reciprocal(dual<V> x) noexcept {
  const V r = reciprocal(x.value);
  return {r, -x.tangent * r * r};
}
template <class V>
constexpr dual<V> divide(dual<V> a, dual<V> b) noexcept {
  const V q = divide(a.value, b.value);
  return {q, divide(a.tangent - q * b.tangent, b.value)};
}
template <class V>
constexpr dual<V> square_root(dual<V> x) noexcept {
  const V root = square_root(x.value);
  return {root, x.tangent / (root + root)};
}

} // namespace inlay::math
