// The laws of one activation: what it gives at the ends of the numbers, that constant evaluation, run time and
// registers agree, and that σ′ is the slope of σ.
#pragma once

#include "laws/law.hpp"
#include "math/registers.hpp"

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"

#include <limits>

namespace laws {

/// Numbers of both signs on both sides of every kink and bound, up to where nothing overflows.
template <class T>
inline constexpr auto points = [] {
  using limits = std::numeric_limits<T>;
  constexpr T of_one_sign[] = {0, limits::min(), T(1e-20), T(1e-3), T(0.25), T(0.4), 1, T(1.7), T(2.5), 3,
                               T(5.7), T(9.5), 13, 19, 21, 37, 44, 80, 120, T(1e9),
                               T(1e25), limits::max() / 4};
  std::array<T, 2 * std::size(of_one_sign)> both{};
  for (std::size_t i = 0; i < both.size(); ++i) both[i] = i % 2 == 0 ? of_one_sign[i / 2] : -of_one_sign[i / 2];
  return both;
}();

/// How far two evaluations may be apart, each with the error that the activation states.
template <class Activation, class T>
double twice_the_error(double value, bool of_derivative) {
  const auto eps = static_cast<double>(std::numeric_limits<T>::epsilon());
  const auto smallest = static_cast<double>(std::numeric_limits<T>::min());
  const double magnitude = std::max(std::abs(value), smallest);
  if constexpr (requires { Activation::error; })
    return 16 * eps * std::max(1.0, magnitude);
  else if constexpr (!requires { Activation::ulp; })
    return 0;
  else {
    constexpr inlay::accuracy stated = Activation::ulp;
    if (of_derivative)
      return 2 * stated.derivative * eps * std::max(magnitude, stated.derivative_scale) + smallest;
    return 2 * (stated.value - stated.growth * std::min(0.0, std::log(magnitude))) * eps * magnitude;
  }
}

template <class Activation, class T>
finding apart(const char* what, T z, inlay::value_and_derivative<T> found, inlay::value_and_derivative<T> wanted) {
  const auto check = [&](const char* of, T a, T b, bool of_derivative) -> finding {
    const double tolerance = twice_the_error<Activation, T>(static_cast<double>(b), of_derivative);
    if (near(static_cast<double>(a), static_cast<double>(b), tolerance))
      return {};
    return say(what, ": ", of, " at ", z, " is ", a, ", wanted ", b, "; ");
  };
  return check("σ", found.value, wanted.value, false) + check("σ′", found.derivative, wanted.derivative, true);
}

/// Activation at each of N numbers, in registers of every width.
template <class Activation, class T, std::size_t N, class Check>
void in_registers(const std::array<T, N>& z, Check check) {
  for_each_register<T>([&]<class pack>() {
    alignas(64) T x[pack::lanes], value[pack::lanes], derivative[pack::lanes];
    for (std::size_t i = 0; i < N; i += pack::lanes) {
      for (std::size_t lane = 0; lane < pack::lanes; ++lane)
        x[lane] = z[std::min(i + lane, N - 1)];
      const auto a = Activation::at(pack::load(x));
      a.value.store(value);
      a.derivative.store(derivative);
      for (std::size_t lane = 0; lane < pack::lanes && i + lane < N; ++lane)
        check(pack::arch::name(), x[lane], inlay::value_and_derivative<T>{value[lane], derivative[lane]});
    }
  });
}

/// Constant evaluation == run time == registers of every width.
template <class Activation, class T>
finding same_everywhere() {
  constexpr auto z = points<T>;
  constexpr auto constant = [z] {
    std::array<inlay::value_and_derivative<T>, z.size()> a{};
    for (std::size_t i = 0; i < z.size(); ++i)
      a[i] = Activation::at(z[i]);
    return a;
  }();
  finding found;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const volatile T unknown = z[i]; // to the compiler, so that it computes at run time
    found += apart<Activation>("run time", z[i], Activation::at(T(unknown)), constant[i]);
  }
  std::size_t i = 0;
  in_registers<Activation>(
      z, [&](const char* arch, T at, auto a) { found += apart<Activation>(arch, at, a, constant[i++ % z.size()]); });
  return found;
}

/// What an activation gives for -∞ and ∞.
struct ends {
  double value_below, derivative_below, value_above, derivative_above;
};
constexpr double infinity = inlay::math::infinity<double>;

/// A NaN gives a NaN, ±∞ the limits, and a denormal number what zero gives, in scalars and registers.
template <class Activation, class T>
finding at_the_ends(ends wanted) {
  using limits = std::numeric_limits<T>;
  const auto at_zero = Activation::at(T(0));
  finding found;
  const auto check = [&](const char* what, T z, inlay::value_and_derivative<T> a) {
    if (std::isnan(z)) {
      if (!std::isnan(a.value))
        found += say(what, ": σ of a NaN is ", a.value, "; ");
    } else if (std::isinf(z)) {
      const auto limit = z < 0 ? inlay::value_and_derivative<double>{wanted.value_below, wanted.derivative_below}
                               : inlay::value_and_derivative<double>{wanted.value_above, wanted.derivative_above};
      found += apart<Activation>(what, z, a, {static_cast<T>(limit.value), static_cast<T>(limit.derivative)});
    } else if (const auto zero = static_cast<double>(at_zero.value);
               !near(static_cast<double>(a.value), zero,
                     twice_the_error<Activation, T>(zero, false) + 2 * static_cast<double>(limits::min()))) {
      found += say(what, ": σ of the denormal ", z, " is ", a.value, "; ");
    }
  };
  const std::array z = {limits::quiet_NaN(), -limits::infinity(), limits::infinity(), limits::denorm_min(),
                        -limits::denorm_min(), limits::min() / 3, -limits::min() / 3};
  for (const T x : z) {
    const volatile T unknown = x;
    check("run time", x, Activation::at(T(unknown)));
  }
  in_registers<Activation>(z, check);
  return found;
}

/// σ′(z) == (σ(z + h) - σ(z - h)) / 2h from -20 to 20, but not within h of a kink, where it is what is said.
template <class Activation>
constexpr double slope_error(double z) {
  constexpr double h = 1.0 / 65536;
  const double slope = (Activation::at(z + h).value - Activation::at(z - h).value) / (2 * h);
  const double error = Activation::at(z).derivative - slope;
  return error < 0 ? -error : error;
}
template <class Activation>
finding derivative_is_slope() {
  // h² / 6 times the largest third derivative, and the rounding errors of σ through 2h
  const double tolerance = 2e-10 + 32 * std::numeric_limits<double>::epsilon() * 65536 * 20;
  finding found;
  for (int i = -512; i < 512; ++i) {
    const double z = (i + 0.3) / 25.6; // 0.01 from any number with one decimal
    if (const double error = slope_error<Activation>(z); !(error <= tolerance))
      found += say("σ′(", z, ") is off by ", error, "; ");
  }
  return found;
}

} // namespace laws
