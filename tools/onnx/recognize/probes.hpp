#pragma once

#include <vector>

namespace inlay::onnx {

/// Where a function of one number is looked at to find out which it is: at 1 700 points from 1e-30 to 1e37 of both
/// signs.
const std::vector<double>& probes();
/// Of the values at probes() the one at the point nearest to z.
double value_at(const std::vector<double>& values, double z);

/// A value, or a bound, that is farther from 0 is as good as infinite.
inline constexpr double no_bound = 1e30;

} // namespace inlay::onnx
