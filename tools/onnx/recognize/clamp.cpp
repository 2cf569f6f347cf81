#include "recognize/clamp.hpp"

#include "inlay/io/detail/text.hpp"

namespace inlay::onnx {

std::optional<clamp> recognize_clamp(const std::vector<double>& values) {
  clamp of;
  const double left = value_at(values, -1e37), right = value_at(values, 1e37);
  const auto level = [&](double value, double beside) {
    return std::isfinite(value) && value == beside && std::abs(value) < no_bound;
  };
  const bool level_left = level(left, value_at(values, -1e30)), level_right = level(right, value_at(values, 1e30));
  if ((!level_left && !level_right) || left == right)
    return {};
  (left < right ? of.low : of.high) = level_left ? left : (left < right ? -HUGE_VAL : HUGE_VAL);
  (left < right ? of.high : of.low) = level_right ? right : (left < right ? HUGE_VAL : -HUGE_VAL);
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

std::string spoilt_clamp(const std::vector<double>& values) {
  const auto found = recognize_clamp(values);
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

} // namespace inlay::onnx
