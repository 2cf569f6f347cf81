#include "recognize/function.hpp"

#include "inlay/io/detail/formula.hpp"
#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx {

namespace {

using io::detail::activation_description;

constexpr double no_bound = 1e30;
/// Whether the values are those of f, but for the rounding of float constants in the exported formula. Where
/// that formula overflows and f does not, a float would have overflowed long before.
template <class F>
bool agrees(const std::vector<double>& values, F f) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double z = probes()[i], wanted = f(z);
    if (std::abs(values[i]) >= no_bound && std::abs(wanted) >= no_bound && (values[i] > 0) == (wanted > 0))
      continue;
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

/// low and high, or one of them, between which the values are slope z + offset.
struct clamp {
  double low = -HUGE_VAL, high = HUGE_VAL, slope = 1, offset = 0;

  double operator()(double z) const { return std::min(std::max(slope * z + offset, low), high); }
  /// How far from 0 the bounds are shifted.
  double shift() const {
    const bool both = std::isfinite(low) && std::isfinite(high);
    return std::abs(both ? (low + high) / 2 : std::isfinite(low) ? low : high);
  }
};

std::optional<clamp> recognise_bounds(const std::vector<double>& values) {
  clamp of;
  const double left = value_at(values, -1e37), right = value_at(values, 1e37);
  const auto level = [&](double value, double beside) {
    return std::isfinite(value) && value == beside && std::abs(value) < no_bound;
  };
  const bool level_left = level(left, value_at(values, -1e30)), level_right = level(right, value_at(values, 1e30));
  if ((!level_left && !level_right) || left == right)
    return {};
  (left < right ? of.low : of.high) = level_left ? left : left < right ? -HUGE_VAL : HUGE_VAL;
  (left < right ? of.high : of.low) = level_right ? right : left < right ? HUGE_VAL : -HUGE_VAL;
  std::size_t first = 0, last = 0, between = 0; // the probes on the slope
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] > of.low && values[i] < of.high && std::abs(probes()[i]) < no_bound) {
      if (between++ == 0)
        first = i;
      last = i;
    }
  if (between < 3)
    return {};
  of.slope = (values[last] - values[first]) / (probes()[last] - probes()[first]);
  if (std::abs(of.slope - std::round(of.slope)) < 1e-12)
    of.slope = std::round(of.slope);
  const auto nearest = static_cast<std::size_t>( // to zero: its offset is no difference of large numbers
      std::min_element(probes().begin() + static_cast<std::ptrdiff_t>(first),
                       probes().begin() + static_cast<std::ptrdiff_t>(last) + 1,
                       [](double a, double b) { return std::abs(a) < std::abs(b); }) -
      probes().begin());
  of.offset = values[nearest] - of.slope * probes()[nearest];
  const double size = std::min(std::abs(of.high - of.low), 1.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::abs(values[i]) >= no_bound && std::abs(of(probes()[i])) >= no_bound)
      continue;
    if (!(std::abs(of(probes()[i]) - values[i]) <= 1e-7 * (std::abs(values[i]) + size)))
      return {};
  }
  return of;
}

std::optional<scaled_activation> recognise_clamp(const std::vector<double>& values) {
  const auto found = recognise_bounds(values);
  if (!found || found->shift() > largest_shift)
    return {};
  const auto [low, high, slope, offset] = *found;
  if (low == 0 && high == 1)
    return scaled_activation{{"hard_sigmoid"}, 6 * slope, 6 * offset - 3};
  const double steep = std::abs(slope), sign = slope < 0 ? -1 : 1;
  if (!std::isfinite(high)) // max(s z + t, c) = |s| relu((s z + t - c) / |s|) + c
    return scaled_activation{{"relu"}, sign, (offset - low) / steep, steep, low};
  if (!std::isfinite(low)) // min(s z + t, c) = c - |s| relu((c - s z - t) / |s|)
    return scaled_activation{{"relu"}, -sign, (high - offset) / steep, -steep, high};
  const double middle = (low + high) / 2, half = (high - low) / 2;
  return scaled_activation{{"hard_tanh"}, slope / half, (offset - middle) / half, half, middle};
}

/// softplus(beta z) / beta, as PyTorch's Softplus, and z sigmoid(beta z) = silu(beta z) / beta.
std::optional<scaled_activation> recognise_beta(const std::vector<double>& values) {
  const double zero = value_at(values, 0), one = value_at(values, 1);
  for (const auto& [name, beta] :
       {std::pair("softplus", std::log(2.0) / zero), std::pair("silu", std::log(one / (1 - one)))})
    if (beta > 1e-3 && beta < 1e3 &&
        agrees(values, [name = name, beta = beta](double z) { return activation_value({name}, beta * z) / beta; }))
      return scaled_activation{{name}, beta, 0, 1 / beta, 0};
  return {};
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
  if (const auto found = recognise_beta(values))
    return found;
  return recognise_clamp(values);
}

std::string spoilt_clamp(const std::vector<double>& values) {
  const auto found = recognise_bounds(values);
  if (!found || found->shift() <= largest_shift)
    return {};
  const auto bound = [](double value, const char* none) {
    return std::isfinite(value) ? io::detail::text_of(value) : std::string(none);
  };
  return "a clamp to " + bound(found->low, "-inf") + ".." + bound(found->high, "inf") +
         ", which as hard_tanh or relu with a shift loses the digits of what is near zero (bounds around zero, or one "
         "below " +
         io::detail::text_of(largest_shift) + ", would do)";
}

std::optional<std::pair<double, double>> recognise_affine(const std::vector<double>& values) {
  const double shift = value_at(values, 0), scale = value_at(values, 1) - shift;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double wanted = scale * probes()[i] + shift;
    if (std::abs(values[i]) >= no_bound && std::abs(wanted) >= no_bound && (values[i] > 0) == (wanted > 0))
      continue;
    if (!(std::abs(values[i] - wanted) <= 1e-12 * (std::abs(scale * probes()[i]) + std::abs(shift))))
      return {};
  }
  return std::pair(scale, shift);
}

} // namespace inlay::onnx
