#include "recognize/probes.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx {

namespace {

std::vector<double> make_probes() {
  std::vector<double> points{0};
  for (int i = 1; i <= 600; ++i)
    points.insert(points.end(), {i * 0.05, -i * 0.05});
  for (int i = -30 * 4; i <= 37 * 4; ++i) {
    const double magnitude = std::pow(10, i / 4.0);
    points.insert(points.end(), {magnitude, -magnitude});
  }
  std::sort(points.begin(), points.end());
  return points;
}

} // namespace

const std::vector<double>& probes() {
  static const std::vector<double> points = make_probes();
  return points;
}

double value_at(const std::vector<double>& values, double z) {
  const auto& at = probes();
  return values[static_cast<std::size_t>(
      std::min_element(at.begin(), at.end(), [&](double a, double b) { return std::abs(a - z) < std::abs(b - z); }) -
      at.begin())];
}

} // namespace inlay::onnx
