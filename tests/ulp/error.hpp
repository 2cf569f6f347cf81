#pragma once

#include "inlay/activation/accuracy.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ulp {

/// The worst of many errors, where it is, the mean, and where one is farthest above what is allowed there.
struct record {
  double worst = 0, at = 0, sum = 0, excess = 0, excess_at = 0;
  std::uint64_t count = 0;

  void add(double error, double allowed, double z) {
    if (!(error <= worst))
      worst = error, at = z;
    if (!(error - allowed <= excess))
      excess = error - allowed, excess_at = z;
    sum += error;
    ++count;
  }
  void add(const record& other) {
    if (!(other.worst <= worst))
      worst = other.worst, at = other.at;
    if (!(other.excess <= excess))
      excess = other.excess, excess_at = other.excess_at;
    sum += other.sum;
    count += other.count;
  }
  double mean() const { return sum / static_cast<double>(count); }
};

/// |found - exact| in units of the last place that a T has at max(|exact|, scale); what is flushed counts as exact.
template <class T, class R>
double in_units(T found, R exact, double flushed, double scale) {
  constexpr double wrong = std::numeric_limits<double>::infinity();
  constexpr R smallest = std::numeric_limits<T>::min();
  if (std::isnan(exact))
    return std::isnan(found) ? 0 : wrong;
  if (std::isnan(found))
    return wrong;
  if (std::isinf(exact))
    return found == static_cast<T>(exact) ? 0 : wrong;
  // Infinity is where the next number would be.
  const R end = std::ldexp(R(1), std::numeric_limits<T>::max_exponent);
  exact = std::clamp(exact, -end, end);
  const R reached = std::clamp(static_cast<R>(found), -end, end);
  if (found == 0 && std::abs(exact) < smallest * static_cast<R>(flushed))
    return 0;
  const R magnitude = std::max({std::abs(exact), smallest, static_cast<R>(scale)});
  const R unit = std::ldexp(R(1), std::ilogb(magnitude) - std::numeric_limits<T>::digits + 1);
  return static_cast<double>(std::abs(reached - exact) / unit);
}

/// The errors of one activation, and what it states of them.
struct errors {
  record value, derivative;
  void add(const errors& other) {
    value.add(other.value);
    derivative.add(other.derivative);
  }
};

template <class Activation>
concept approximate = requires {
  Activation::error;
};

/// What Activation states: the worst error of the value and of the derivative.
template <class Activation>
constexpr inlay::approximation stated() {
  if constexpr (approximate<Activation>)
    return Activation::error;
  else
    return {Activation::ulp.value, Activation::ulp.derivative};
}

/// What it states of a value of this size.
template <class Activation, class R>
double allowed(R exact) {
  if constexpr (approximate<Activation>)
    return Activation::error.value;
  else if constexpr (Activation::ulp.growth == 0)
    return Activation::ulp.value;
  else
    return Activation::ulp.value -
           Activation::ulp.growth * std::min(0.0, std::log(static_cast<double>(std::abs(exact))));
}

template <class Activation, class T, class R>
double value_error(T found, R exact) {
  if constexpr (approximate<Activation>)
    return static_cast<double>(std::abs(static_cast<R>(found) - exact));
  else
    return in_units(found, exact, Activation::ulp.flushed, 0);
}
template <class Activation, class T, class R>
double derivative_error(T found, R exact) {
  if constexpr (approximate<Activation>)
    return static_cast<double>(std::abs(static_cast<R>(found) - exact));
  else
    return in_units(found, exact, Activation::ulp.flushed, Activation::ulp.derivative_scale);
}

} // namespace ulp
