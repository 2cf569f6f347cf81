#include "recognize/function.hpp"

#include "recognize/clamp.hpp"
#include "recognize/probes.hpp"

#include "inlay/io/detail/activation_entry.hpp"

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

std::optional<scaled_activation> recognize_clamped(const std::vector<double>& values) {
  const auto found = recognize_clamp(values);
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

/// An activation of inlay in double precision, as its documentation defines it.
double activation_value(const activation_description& of, double z) {
  return io::detail::entry_of(of).value(z, of.parameter);
}

/// softplus(beta z) / beta, as PyTorch's Softplus, and with -1 its LogSigmoid; and z sigmoid(beta z) = silu(beta z) / beta.
std::optional<scaled_activation> recognize_beta(const std::vector<double>& values) {
  const double zero = value_at(values, 0), one = value_at(values, 1);
  for (const auto& [name, beta] :
       {std::pair("softplus", std::log(2.0) / zero), std::pair("silu", std::log(one / (1 - one)))})
    if (std::abs(beta) > 1e-3 && std::abs(beta) < 1e3 &&
        agrees(values, [name = name, beta = beta](double z) { return activation_value({name}, beta * z) / beta; }))
      return scaled_activation{{name}, beta, 0, 1 / beta, 0};
  return {};
}

} // namespace

std::optional<scaled_activation> recognize(const std::vector<double>& values) {
  for (const auto& entry : io::detail::activation_entries()) {
    if (!entry.value)
      continue;
    // A parameter is a slope or a limit below zero.
    const std::vector<double> parameters =
        entry.has_parameter ? std::vector{-value_at(values, -1), -value_at(values, -1e10)} : std::vector{0.0};
    for (const double parameter : parameters)
      if (agrees(values, [&](double z) { return entry.value(z, parameter); }))
        return scaled_activation{{entry.is.name, parameter}};
  }
  if (const auto found = recognize_beta(values))
    return found;
  return recognize_clamped(values);
}

std::optional<std::pair<double, double>> recognize_affine(const std::vector<double>& values) {
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
