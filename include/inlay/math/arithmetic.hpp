#pragma once

#include "inlay/concepts.hpp"

#include <cstdint>

/// The operations that formulas are written in. A formula is a template over V, a scalar or a SIMD pack: the functions
/// here are the scalar half and work in constant evaluation; kernel/simd/pack.hpp has the same names for registers.
namespace inlay::inline INLAY_INSTRUCTION_SET::math {

template <class V>
struct scalar_of_impl {
  using type = typename V::scalar;
};
template <real T>
struct scalar_of_impl<T> {
  using type = T;
};
/// T of a number T or of a pack of T.
template <class V>
using scalar_of = typename scalar_of_impl<V>::type;

/// A number that is not divided yet, because its factors may be many.
template <class V>
struct quotient {
  V numerator, denominator;
};

/// The layout of an IEEE 754 number.
template <real T>
struct ieee;
template <>
struct ieee<float> {
  using bits = std::uint32_t;
  using integer = std::int32_t;
  static constexpr float smallest = 0x1p-126f; ///< normal
  static constexpr float largest = 0x1.fffffep127f;
  static constexpr int mantissa_bits = 23;
  static constexpr int bias = 127;
  static constexpr bits exponent_mask = bits{0xff} << mantissa_bits; ///< infinity's bits
  static constexpr bits upper_half_mask = ~((bits{1} << 12) - 1);
};
template <>
struct ieee<double> {
  using bits = std::uint64_t;
  using integer = std::int64_t;
  static constexpr double smallest = 0x1p-1022; ///< normal
  static constexpr double largest = 0x1.fffffffffffffp1023;
  static constexpr int mantissa_bits = 52;
  static constexpr int bias = 1023;
  static constexpr bits exponent_mask = bits{0x7ff} << mantissa_bits; ///< infinity's bits
  static constexpr bits upper_half_mask = ~((bits{1} << 27) - 1);
};

// std's functions would be shared with units that are compiled for another instruction set, where they are not inlined.
template <class To, class From>
constexpr To bit_cast(From from) noexcept {
  return __builtin_bit_cast(To, from);
}
// From their bits, as newer clangs warn of std's under -ffast-math.
template <real T>
inline constexpr T infinity = bit_cast<T>(ieee<T>::exponent_mask);
template <real T>
inline constexpr T quiet_nan = bit_cast<T>(ieee<T>::exponent_mask | typename ieee<T>::bits{1}
                                                                        << (ieee<T>::mantissa_bits - 1));

/// x, not to be regrouped with its terms and factors under -ffast-math: where a sum cancels, or a factor alone is too large.
template <real T>
constexpr T as_written(T x) noexcept {
  if (!__builtin_is_constant_evaluated()) INLAY_HIDE(x);
  return x;
}
/// a b + c, rounded once where the hardware can.
template <real T>
constexpr T multiply_add(T a, T b, T c) noexcept {
  return a * b + c;
}
/// a b, where it may be denormal: that makes a multiplication 7 cycles longer on Zen 5, but no multiply-add.
template <real T>
constexpr T product(T a, T b) noexcept {
  return a * b;
}
/// c - a b, rounded once where the hardware can.
template <real T>
constexpr T negated_multiply_add(T a, T b, T c) noexcept {
  return c - a * b;
}
/// The smaller; b where either is a NaN, as the x86 instruction does. Put the bound first to let a NaN through.
template <real T>
constexpr T minimum(T a, T b) noexcept {
  return a < b ? a : b;
}
/// The larger; b where either is a NaN.
template <real T>
constexpr T maximum(T a, T b) noexcept {
  return a > b ? a : b;
}
/// x where low <= x <= high, anything elsewhere: for a formula whose result is replaced there. Registers pass x on, which
/// costs nothing; a scalar is clamped, because an overflow on the way is no constant expression.
template <real T>
constexpr T within(T x, T low, T high) noexcept {
  return minimum(high, maximum(low, x));
}
/// a b + c, but the largest number where that is more and the least where it is less; infinity counts as too large.
template <real T>
constexpr T saturating_multiply_add(T a, T b, T c) noexcept {
  constexpr T down = T(1) / (std::uint64_t{1} << 40), most = ieee<T>::largest * down; // an overflow is no constant expression
  const T sum = as_written(a * down) * b + as_written(c * down);
  return sum >= most ? ieee<T>::largest : (sum <= -most ? -ieee<T>::largest : a * b + c);
}
template <real T>
constexpr T select(bool condition, T yes, T no) noexcept {
  return condition ? yes : no;
}
template <real T>
constexpr T absolute(T x) noexcept {
  using bits = typename ieee<T>::bits;
  return bit_cast<T>(static_cast<bits>(bit_cast<bits>(x) << 1 >> 1));
}
/// |magnitude| with the sign of `sign`.
template <real T>
constexpr T copy_sign(T magnitude, T sign) noexcept {
  using bits = typename ieee<T>::bits;
  constexpr bits mask = bits{1} << (8 * sizeof(bits) - 1);
  return bit_cast<T>(static_cast<bits>((bit_cast<bits>(magnitude) & ~mask) | (bit_cast<bits>(sign) & mask)));
}
/// x with the lower half of its digits zero, so that its square is exact.
template <real T>
constexpr T upper_half(T x) noexcept {
  using bits = typename ieee<T>::bits;
  return bit_cast<T>(static_cast<bits>(bit_cast<bits>(x) & ieee<T>::upper_half_mask));
}
/// The nearest integer, ties to even, for |x| < 2^22 (float) or 2^51 (double).
template <real T>
constexpr T nearest(T x) noexcept {
  constexpr T shifter = static_cast<T>(std::uint64_t{3} << (ieee<T>::mantissa_bits - 1)); // pushes the fraction out
  return as_written(x + shifter) - shifter;
}
/// 2^n for an integral n in the range of normal numbers.
template <real T>
constexpr T power_of_two(T n) noexcept {
  using bits = typename ieee<T>::bits;
  using integer = typename ieee<T>::integer;
  return bit_cast<T>(static_cast<bits>(static_cast<integer>(n) + ieee<T>::bias) << ieee<T>::mantissa_bits);
}
/// The exponent e of a positive normal x = m 2^e with m in [1, 2), as a number.
template <real T>
constexpr T exponent(T x) noexcept {
  using bits = typename ieee<T>::bits;
  using integer = typename ieee<T>::integer;
  return static_cast<T>(static_cast<integer>(bit_cast<bits>(x) >> ieee<T>::mantissa_bits) - ieee<T>::bias);
}
/// The mantissa m in [1, 2) of a positive normal x = m 2^e.
template <real T>
constexpr T mantissa(T x) noexcept {
  using bits = typename ieee<T>::bits;
  constexpr bits fraction = (bits{1} << ieee<T>::mantissa_bits) - 1;
  return bit_cast<T>(static_cast<bits>((bit_cast<bits>(x) & fraction) |
                                       (bits{ieee<T>::bias} << ieee<T>::mantissa_bits)));
}
/// x, or zero where x is denormal: what hardware in flush-to-zero mode does, for a constant cost everywhere.
template <real T>
constexpr T flush_denormal(T x) noexcept {
  using bits = typename ieee<T>::bits;
  const bits of = bit_cast<bits>(x); // no comparison of x, which would itself meet the denormal, and no choice, which may be a branch
  return bit_cast<T>(static_cast<bits>(of & (bits{0} - static_cast<bits>((of & ieee<T>::exponent_mask) != 0))));
}
/// Whether x is neither infinite nor NaN: by its bits, as -ffast-math lets std::isfinite(x) be true of everything. x is
/// read from memory, since a newer clang takes a number passed by value for finite there.
template <real T>
constexpr bool is_finite(const T& x) noexcept {
  using bits = typename ieee<T>::bits;
  return (__builtin_bit_cast(bits, x) & ieee<T>::exponent_mask) != ieee<T>::exponent_mask;
}
/// 1 / x to about one unit in the last place for normal x whose reciprocal is normal.
template <real T>
constexpr T reciprocal(T x) noexcept {
  return T(1) / x;
}
/// a / b to about one unit in the last place, for finite a and for normal b whose reciprocal is normal.
template <real T>
constexpr T divide(T a, T b) noexcept {
  return a / b;
}
/// An integral number n and 2^n.
template <class V>
struct integer_and_power {
  V integer;
  V power;
};
/// The integer nearest to a b and its power of two, for -bias <= a b <= bias; the power is zero at -bias, and both are
/// meaningless outside. A sum with a large number leaves the integer in the low bits, one shift away from the exponent.
template <real T>
constexpr integer_and_power<T> nearest_with_power(T a, T b) noexcept {
  using bits = typename ieee<T>::bits;
  using integer = typename ieee<T>::integer;
  constexpr T shifter = static_cast<T>(std::uint64_t{3} << (ieee<T>::mantissa_bits - 1)) + T(ieee<T>::bias);
  const bits sum = bit_cast<bits>(multiply_add(a, b, shifter));
  const auto n = static_cast<integer>(sum - bit_cast<bits>(shifter));
  return {static_cast<T>(n), bit_cast<T>(static_cast<bits>(sum << ieee<T>::mantissa_bits))};
}
/// The square root by Newton's iteration, within one unit in the last place, for what is computed once: it branches on x. Of
/// registers it is rounded exactly.
template <real T>
constexpr T square_root(T x) noexcept {
  if (!(x > T(0)) || x > ieee<T>::largest) return x < T(0) ? quiet_nan<T> : x;
  if (x < ieee<T>::smallest) return T(0);
  const T e = exponent(x);
  const T half = static_cast<T>(static_cast<int>(e) / 2);
  T root = power_of_two(half) * T(1.2);
  for (int i = 0; i < 6; ++i) root = T(0.5) * (root + x / root);
  return root;
}

/// a / (√x + b) for x >= 0 and b > 0 with a relative error below 2^-21, for optimizers.
template <real T>
constexpr T over_root(T a, T x, T b) noexcept {
  return a / (square_root(x) + b);
}

} // namespace inlay::math
