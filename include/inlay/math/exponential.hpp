#pragma once

#include "inlay/math/dual.hpp"
#include "inlay/math/polynomial.hpp"

#include <limits>
#include <type_traits>

/// The exponential function and its relatives.
namespace inlay::inline INLAY_INSTRUCTION_SET::math {

/// e^x = power (1 + rest), power = 2^n, |rest| < 0.42.
template <class V>
struct exponential_terms {
  V integer;
  V power;
  V rest;
};

namespace detail {

/// e^r - 1 for |r| <= ln 2 / 2 as r + r² p(r): fpminimax of Sollya, relative error, on +-(ln 2 / 2 + 1e-4).
template <class V>
[[gnu::always_inline]] constexpr V expm1_reduced(V r) noexcept {
  const V r2 = product(r, r);
  if constexpr (std::is_same_v<scalar_of<V>, float>) {
    // degree 4 of p: error 1.4e-8
    const V p = polynomial(r, r2, 0x1.fffffep-2f, 0x1.5554bp-3f, 0x1.555716p-5f, 0x1.12279ap-7f, 0x1.6b7362p-10f);
    return multiply_add(r2, p, r);
  } else {
    // degree 9 of p: error 1.9e-17
    const V p = polynomial(r, r2, 0x1.0000000000005p-1, 0x1.555555555553bp-3, 0x1.5555555552104p-5,
                           0x1.1111111118832p-7, 0x1.6c16c17f3239cp-10, 0x1.a01a0177f3fb8p-13, 0x1.a019a695c8c67p-16,
                           0x1.71de80fcbb8c2p-19, 0x1.28a29c8f513b9p-22, 0x1.ae779f8ee75e8p-26);
    return multiply_add(r2, p, r);
  }
}

/// x - n ln 2, with ln 2 in two parts, the first so short that its product with n is exact also where multiply_add
/// rounds twice.
template <class V>
[[gnu::always_inline]] constexpr V minus_multiple_of_log2(V x, V n) noexcept {
  using T = scalar_of<V>;
  constexpr T high = std::is_same_v<T, float> ? T(0x1.62e4p-1) : T(0x1.62e42fefa38p-1);
  constexpr T low = std::is_same_v<T, float> ? T(0x1.7f7d1cp-20) : T(0x1.ef35793c7673p-45);
  return negated_multiply_add(n, V(low), as_written(negated_multiply_add(n, V(high), x)));
}

} // namespace detail

/// x = n ln 2 + r, |r| <= ln 2 / 2; rest = e^r - 1. The power is right for n from -127 (where it is zero) to 127, or
/// from -1023 to 1023.
template <class V>
[[gnu::always_inline]] constexpr exponential_terms<V> split_exponential(V x) noexcept {
  auto [n, power] = nearest_with_power(x, V(scalar_of<V>(1.4426950408889634)));
  return {n, power, detail::expm1_reduced(detail::minus_multiple_of_log2(x, n))};
}
/// Of a dual number: the derivative of e^x is in that of the rest.
template <class V>
[[gnu::always_inline]] constexpr exponential_terms<dual<V>> split_exponential(dual<V> x) noexcept {
  const auto of = split_exponential(x.value);
  return {{of.integer, V(0)}, {of.power, V(0)}, {of.rest, multiply_add(of.rest, x.tangent, x.tangent)}};
}
/// The same of x + u v, where u v is small beside 1: for an argument that needs more digits than one number has.
template <class V>
[[gnu::always_inline]] constexpr exponential_terms<V> split_exponential(V x, V u, V v) noexcept {
  auto [n, power] = nearest_with_power(x, V(scalar_of<V>(1.4426950408889634)));
  return {n, power, detail::expm1_reduced(multiply_add(u, v, detail::minus_multiple_of_log2(x, n)))};
}

/// ln of the smallest normal number: below it an exponential is zero here.
template <real T>
inline constexpr T log_of_smallest = std::is_same_v<T, float> ? T(-87.336544) : T(-708.3964185322641);
/// The largest number whose exponential is finite.
template <real T>
inline constexpr T log_of_largest = std::is_same_v<T, float> ? T(88.72283) : T(709.782712893384);
/// Where the power of two of an exponential is still a number.
template <real T>
inline constexpr T exp_bound = std::is_same_v<T, float> ? T(88) : T(709);

/// e^x for x <= exp_bound, anything above; zero where it would be denormal; a NaN for a NaN.
template <class V>
[[gnu::always_inline]] constexpr V exp_bounded(V x) noexcept {
  using T = scalar_of<V>;
  auto [n, power, rest] = split_exponential(within(x, V(log_of_smallest<T>), V(exp_bound<T>)));
  return select(x < V(log_of_smallest<T>), V(T(0)), multiply_add(rest, power, power));
}
template <class V>
[[gnu::always_inline]] constexpr dual<V> exp_bounded(dual<V> x) noexcept {
  const V e = exp_bounded(x.value);
  return {e, e * x.tangent};
}

/// 1 + e^-x for |x| <= 32, a NaN for a NaN. In float e^-x has at most 4 ULP: so small a multiple of ln 2 needs no second part of it,
/// and the polynomial is the minimax of degree 5 that begins with 1 + r (linear programming), 1.05e-7 before rounding.
template <class V>
[[gnu::always_inline]] constexpr V one_plus_exp_of_minus(V x) noexcept {
  using T = scalar_of<V>;
  const V one(T(1));
  if constexpr (std::is_same_v<T, float>) {
    auto [n, power] = nearest_with_power(x, V(-1.4426950408889634f));
    const V r = negated_multiply_add(n, V(0x1.62e430p-1f), -x);
    const V r2 = product(r, r);
    return multiply_add(multiply_add(r2, polynomial(r, r2, 0x1.fffdfcp-2f, 0x1.5557aep-3f, 0x1.572a34p-5f, 0x1.1062b4p-7f), r + one), power, one);
  } else {
    return exp_bounded(-x) + one;
  }
}
template <class V>
[[gnu::always_inline]] constexpr dual<V> one_plus_exp_of_minus(dual<V> x) noexcept {
  return {one_plus_exp_of_minus(x.value), -exp_bounded(-x.value) * x.tangent};
}

/// e^x, zero where it would be denormal, infinity where it is too large; a NaN for a NaN.
template <class V>
[[gnu::always_inline]] constexpr V exp(V x) noexcept {
  using T = scalar_of<V>;
  const V y = within(x, V(log_of_smallest<T>), V(log_of_largest<T>));
  auto [n, full, rest] = split_exponential(y);
  // 2^128 is no float, yet e^88.5 is: half the power above 1, doubled at the end.
  const auto above = x > V(T(1));
  const V power = nearest_with_power(select(above, n - V(T(1)), n), V(T(1))).power;
  const V e = as_written(multiply_add(rest, power, power)) * select(above, V(T(2)), V(T(1)));
  return select(x < V(log_of_smallest<T>), V(T(0)),
                select(x > V(log_of_largest<T>), V(infinity<T>), e));
}
template <class V>
[[gnu::always_inline]] constexpr dual<V> exp(dual<V> x) noexcept {
  const V e = exp(x.value);
  return {e, e * x.tangent};
}

/// e^x - 1 for x <= exp_bound, anything above; a NaN for a NaN.
template <class V>
[[gnu::always_inline]] constexpr V expm1_bounded(V x) noexcept {
  using T = scalar_of<V>;
  const V low(T(-2) * std::numeric_limits<T>::digits); // e^low is lost beside 1
  auto [n, power, rest] = split_exponential(maximum(low, within(x, low, V(exp_bound<T>))));
  return multiply_add(rest, power, as_written(power - V(T(1))));
}
/// Of a dual number zero has x's sign, which copy_sign differentiates by.
template <class V>
[[gnu::always_inline]] constexpr dual<V> expm1_bounded(dual<V> x) noexcept {
  return {copy_sign(expm1_bounded(x.value), x.value), exp_bounded(x.value) * x.tangent};
}

} // namespace inlay::math
