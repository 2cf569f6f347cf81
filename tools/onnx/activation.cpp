#include "activation.hpp"

#include "inlay/io/detail/formula.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx {

namespace {

using io::detail::activation_description;

/// Whether the values are those of f, but for the rounding of float constants in the exported formula. Where
/// that formula overflows and f does not, a float would have overflowed long before.
template <class F>
bool agrees(const std::vector<double>& values, F f) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double z = probes()[i], wanted = f(z);
    if (!std::isfinite(values[i])) {
      if (std::abs(z) > 80)
        continue;
      return false;
    }
    if (!(std::abs(values[i] - wanted) <= 1e-6 * std::abs(wanted) + 1e-7 * std::min(std::abs(z), 1.0) + 1e-15))
      return false;
  }
  return true;
}

double value_at(const std::vector<double>& values, double z) {
  const auto& at = probes();
  return values[static_cast<std::size_t>(
      std::min_element(at.begin(), at.end(), [&](double a, double b) { return std::abs(a - z) < std::abs(b - z); }) -
      at.begin())];
}

std::optional<scaled_activation> recognise_clamp(const std::vector<double>& values) {
  const double low = value_at(values, -1e37), high = value_at(values, 1e37);
  const bool level = low == value_at(values, -1e30) && high == value_at(values, 1e30);
  if (!level || !std::isfinite(low) || !std::isfinite(high) || low == high)
    return {};
  std::size_t first = 0, last = 0, between = 0; // the probes on the slope
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] > std::min(low, high) && values[i] < std::max(low, high)) {
      if (between++ == 0)
        first = i;
      last = i;
    }
  if (between < 3)
    return {};
  const double slope = (values[last] - values[first]) / (probes()[last] - probes()[first]);
  const double offset = values[first] - slope * probes()[first];
  scaled_activation of;
  if (low == 0 && high == 1) {
    of = {{"hard_sigmoid"}, 6 * slope, 6 * offset - 3};
  } else {
    const double middle = (low + high) / 2, half = (high - low) / 2;
    of = {{"hard_tanh"}, slope / half, (offset - middle) / half, half, middle};
  }
  bool good = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double clamped =
        of.scale_after * activation_value(of.activation, of.scale * probes()[i] + of.shift) + of.shift_after;
    good = good && std::abs(clamped - values[i]) <= 1e-7 * (std::abs(values[i]) + std::min(std::abs(high - low), 1.0));
  }
  return good ? std::optional(of) : std::nullopt;
}

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

double activation_value(const activation_description& of, double z) {
  return io::detail::formula_of(of).value(z, of.parameter);
}

std::optional<scaled_activation> recognise(const std::vector<double>& values) {
  for (const auto& [name, f, stated] : io::detail::activation_formulas()) {
    const std::string_view known = name;
    double parameter = 0;
    if (known == "leaky_relu")
      parameter = -value_at(values, -1);
    if (known == "elu" || known == "celu")
      parameter = -value_at(values, -1e10);
    if (known == "celu" && !(parameter > 1e-3 && parameter < 1e3))
      continue;
    if (agrees(values, [f = f, parameter](double z) { return f(z, parameter); }))
      return scaled_activation{{name, parameter}};
  }
  return recognise_clamp(values);
}

std::optional<std::pair<double, double>> recognise_affine(const std::vector<double>& values) {
  const double shift = value_at(values, 0), scale = value_at(values, 1) - shift;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double wanted = scale * probes()[i] + shift;
    if (!(std::abs(values[i] - wanted) <= 1e-12 * (std::abs(scale * probes()[i]) + std::abs(shift))))
      return {};
  }
  return std::pair(scale, shift);
}

} // namespace inlay::onnx
