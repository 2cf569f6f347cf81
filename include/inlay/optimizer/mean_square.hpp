#pragma once

#include "inlay/math/arithmetic.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// What a rule says that squares gradients: up to where it serves, and the same rule `of_any_size()` for scalars.
template <scalar T>
struct squaring_rule {
  static constexpr T largest = math::power_of_two(T((math::ieee<T>::bias + 1) / 2 - 2)); ///< its square is a number, and room for a decay
  bool any_negated;  ///< of the means of squares, before this step; or a β for which v + (1 − β) (g² − v), or m, would lose a small g
  bool* now_negated; ///< of the means after it

  /// What is lost of g² is a rounding of v: at most 2^-18 of β v where β is 1/64.
  static constexpr bool loses_small(T beta) noexcept { return beta < T(1) / 64; }
  /// v ← β v + (1 − β) g², with one product the fewer.
  template <class V>
  static constexpr V averaged(V v, V fresh, V g) noexcept {
    using math::negated_multiply_add;
    return negated_multiply_add(fresh, negated_multiply_add(g, g, v), v);
  }
};

/// One number's running mean of squares v ← β v + (1 − β) g² for every finite g, in units of scale⁻²: what is divided by
/// its root is multiplied by the scale. A mean that no number can hold is kept as −v 2^-128 (doubles: −v 2^-1024).
template <scalar T>
struct scaled_mean_square {
  static constexpr T down = math::power_of_two(T(-(math::ieee<T>::bias + 1) / 2)), up = 1 / down;

  T scale; ///< 1, or 2^-64 (doubles: 2^-512)
  T value;

  /// β v of the mean that was kept; of a β of 0 its size is of no account.
  constexpr scaled_mean_square(T kept, T beta, T g) noexcept
      : scale((kept < 0 && beta > 0) || math::absolute(g) > squaring_rule<T>::largest ? down : T(1)),
        value(beta > 0 ? beta * (kept < 0 ? -kept : math::as_written(kept * scale) * scale) : T(0)) {}

  /// `g` is in units of 1 / scale.
  constexpr void add(T g, T fresh) noexcept { value = value + fresh * g * g; }

  /// What to keep; `any_negated` becomes true where that is not the mean itself.
  constexpr T kept(bool& any_negated) const noexcept {
    constexpr T largest = math::ieee<T>::largest * down * down;
    if (scale == T(1)) return value;
    if (!(value > largest && value <= math::ieee<T>::largest)) return math::as_written(value * up) * up;
    any_negated = true;
    return -value;
  }
};

/// x / scale, or the largest number where that would be more.
template <scalar T>
constexpr T unscaled(T x, T scale) noexcept {
  const T largest = math::ieee<T>::largest * scale; // exactly
  return math::minimum(largest, math::maximum(-largest, x)) / scale;
}

} // namespace inlay::detail
