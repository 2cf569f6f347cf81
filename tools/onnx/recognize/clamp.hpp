#pragma once

#include "recognize/probes.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace inlay::onnx {

/// A bound that is taken into a shift costs float so many units in the last place of 1: 6e-5.
inline constexpr double largest_shift = 1000;

/// low and high, or one of them, between which the values are slope z + offset.
struct clamp {
  double low = -HUGE_VAL, high = HUGE_VAL, slope = 1, offset = 0;

  double operator()(double z) const { return std::min(std::max(slope * z + offset, low), high); }
  /// How far from 0 the bounds are shifted.
  double shift() const {
    const bool both = std::isfinite(low) && std::isfinite(high);
    return std::abs(both ? (low + high) / 2 : (std::isfinite(low) ? low : high));
  }
};

/// The clamp whose values at probes() these are, with one bound or both. A bound of 1e30 or more counts as none.
std::optional<clamp> recognize_clamp(const std::vector<double>& values);
/// Of a clamp whose shift float would spoil what it is, in words; or empty.
std::string spoilt_clamp(const std::vector<double>& values);

} // namespace inlay::onnx
