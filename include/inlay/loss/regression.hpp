#pragma once

#include "inlay/loss.hpp"
#include "inlay/refusal/require.hpp"

namespace inlay {

/// Mean of (a − y)²; torch.nn.MSELoss.
struct mean_squared_error {
  template <class V>
  static constexpr value_and_derivative<V> at(V a, V y) noexcept {
    const V d = a - y;
    return {d * d, d + d};
  }
};

/// Mean of |a − y|; torch.nn.L1Loss. The derivative at a = y is 0.
struct mean_absolute_error {
  template <class V>
  static constexpr value_and_derivative<V> at(V a, V y) noexcept {
    using math::absolute, math::copy_sign, math::select;
    const V d = a - y;
    return {absolute(d), select(absolute(d) > V(0), copy_sign(V(1), d), d)}; // d where it is 0 or a NaN
  }
};

/// Mean of (a − y)² / 2 where |a − y| < delta, of delta (|a − y| − delta / 2) beyond; torch.nn.HuberLoss.
struct huber {
  double delta; ///< above 0; another one ends the program with one line

  [[gnu::always_inline]] constexpr huber(double of = 1) noexcept : delta(of) { // not shared between instruction sets
    detail::require(of > 0, "huber", "a delta above 0", "another number");
  }

  template <class V>
  constexpr value_and_derivative<V> at(V a, V y) const noexcept {
    using T = math::scalar_of<V>;
    using math::maximum, math::minimum;
    const V d = a - y, most(static_cast<T>(delta));
    const V slope = maximum(-most, minimum(most, d));
    return {slope * (d - V(0.5) * slope), slope};
  }
};

} // namespace inlay
