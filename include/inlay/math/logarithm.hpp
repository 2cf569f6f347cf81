#pragma once

#include "inlay/math/dual.hpp"
#include "inlay/math/polynomial.hpp"

#include <type_traits>

/// The natural logarithm.
namespace inlay::inline INLAY_INSTRUCTION_SET::math {

/// log(1 + x) for -1/2 <= x <= 1; a NaN for a NaN.
template <class V>
constexpr V log1p(V x) noexcept {
  using T = scalar_of<V>;
  // 2 atanh z of z = x / (2 + x), |z| <= 1/3, is 2z + z³ P(z²), and 2z = x - x z: all but x is a correction.
  const V z = divide(x, x + V(T(2)));
  const V w = z * z;
  const V w2 = w * w;
  // fpminimax of Sollya for 2 atanh z, relative error
  if constexpr (std::is_same_v<T, float>) {
    // degree 3 of P: error 4.5e-9
    const V p = polynomial(w, w2, 0x1.555502p-1f, 0x1.99d1cep-2f, 0x1.1ebff8p-2f, 0x1.1ecc3cp-2f);
    return negated_multiply_add(z, negated_multiply_add(w, p, x), x);
  } else {
    // degree 9 of P: error 1.3e-18
    const V p = polynomial(w, w2, 0x1.5555555555535p-1, 0x1.99999999a0745p-2, 0x1.249249208cea6p-2,
                           0x1.c71c741c18de2p-3, 0x1.745cb40eb75a4p-3, 0x1.3b1dda1484974p-3, 0x1.1067d89d11048p-3,
                           0x1.efd7027b74b33p-4, 0x1.55b6f3333647bp-4, 0x1.5c733d1121da3p-3);
    return negated_multiply_add(z, negated_multiply_add(w, p, x), x);
  }
}
template <class V>
constexpr dual<V> log1p(dual<V> x) noexcept {
  return {log1p(x.value), divide(x.tangent, V(1) + x.value)};
}

/// log x: -infinity for zero and the denormals, a NaN for a negative number or a NaN.
template <class V>
constexpr V log(V x) noexcept {
  using T = scalar_of<V>;
  using limits = ieee<T>;
  // x = 2^k (1 + f), -1/3 < f <= 1/3; ln 2 in two parts as in the exponential
  constexpr T high = std::is_same_v<T, float> ? T(0x1.62e4p-1) : T(0x1.62e42fefa38p-1);
  constexpr T low = std::is_same_v<T, float> ? T(0x1.7f7d1cp-20) : T(0x1.ef35793c7673p-45);
  const V y = within(x, V(limits::smallest), V(limits::largest));
  const V m = mantissa(y);
  const auto halved = m > V(T(1.3333333333333333));
  const V k = exponent(y) + select(halved, V(T(1)), V(T(0)));
  const V f = select(halved, m * V(T(0.5)), m) - V(T(1));
  const V result = multiply_add(k, V(high), as_written(multiply_add(k, V(low), log1p(f))));
  return select(x < V(limits::smallest), select(x < V(T(0)), V(quiet_nan<T>), V(-infinity<T>)),
                select(x <= V(limits::largest), result, x));
}
template <class V>
constexpr dual<V> log(dual<V> x) noexcept {
  return {log(x.value), divide(x.tangent, x.value)};
}

} // namespace inlay::math
