#pragma once

#include "inlay/io/detail/evaluate_steps.hpp"
#include "inlay/io/detail/text.hpp"

#include <cstdint>
#include <limits>
#include <random>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// The arithmetic of a scalar, imitated (Parker, "Monte Carlo arithmetic", 1997): each result is moved at random by the
/// deviation that rounding gives it there.
class random_rounding {
public:
  static constexpr bool rounds = true;
  explicit random_rounding(double roundoff) : reach(roundoff * std::sqrt(3.0)) {}
  double operator()(double value, double deviation) {
    const double uniform = static_cast<double>(random() >> 11) * 0x1p-52 - 1; // in [-1, 1), the same on every machine
    return value + uniform * reach * deviation;
  }

private:
  double reach; // of a uniform distribution, in standard deviations
  std::mt19937_64 random{1};
};

/// How many deviations of its output a right net may be off. tests/io/rounding.cpp: right nets reach 1 to 2.
inline constexpr double tolerated_deviations = 8;

/// Of one sample, of a sequence one step, about.
inline std::size_t multiply_adds(const std::vector<layer_description>& layers) {
  std::size_t count = 0;
  for (const auto& layer : layers) {
    if (layer.is_a("self_attention"))
      count += layer.parameters[2].values.size() + 2 * layer.input[0] * layer.parameters[3].shape[0];
    count += layer.parameters.empty() ? 0 : layer.weights().size() * (layer.over_time ? 1 : size_of(layer.output) / layer.output[0]);
    for (const auto& branch : layer.branches)
      count += multiply_adds(branch);
  }
  return count;
}

/// Of layers, those within included.
inline std::size_t number_of(const std::vector<layer_description>& layers) {
  std::size_t count = layers.size();
  for (const auto& layer : layers)
    for (const auto& branch : layer.branches)
      count += number_of(branch);
  return count;
}

/// For each output how far the compiled net may be off `y`, which is exact, for no other reason than the arithmetic of
/// its scalar: 8 standard deviations in 16 evaluations of the layers with random roundings, fewer of a net of millions
/// of parameters, and where `most_trials` says so.
inline std::vector<double> rounding_tolerance(const net_description& net, const std::vector<double>& x,
                                              const std::vector<double>& y, std::size_t most_trials = 16) {
  const double roundoff = net.double_precision ? 0x1p-53 : 0x1p-24;
  constexpr auto smallest = static_cast<double>((std::numeric_limits<float>::min)()); // what is denormal may be zero
  const std::size_t work = net.over_time ? (multiply_adds(net.layers) + 64 * number_of(net.layers)) * net.input[0] : multiply_adds(net.layers);
  const int trials = static_cast<int>((std::min)(most_trials, std::clamp<std::size_t>((1u << 26) / (work + 1), 4, 16)));
  random_rounding round(roundoff);
  std::vector<double> squares(y.size(), 0);
  for (int trial = 0; trial < trials; ++trial) {
    const auto moved = evaluate(net, x, round);
    for (std::size_t o = 0; o < y.size(); ++o)
      squares[o] += (moved[o] - y[o]) * (moved[o] - y[o]) / trials;
  }
  std::vector<double> tolerance;
  for (std::size_t o = 0; o < y.size(); ++o) // at least one unit in the last place
    tolerance.push_back(tolerated_deviations * std::sqrt(squares[o]) + 2 * roundoff * std::abs(y[o]) + 1024 * smallest);
  return tolerance;
}

/// The same of steps that go through a stream one after the other: for each step of each output.
inline std::vector<std::vector<double>> rounding_tolerance(const net_description& net, const std::vector<double>& initial,
                                                           const std::vector<std::vector<double>>& xs, const std::vector<std::vector<double>>& ys) {
  const double roundoff = net.double_precision ? 0x1p-53 : 0x1p-24;
  constexpr auto smallest = static_cast<double>((std::numeric_limits<float>::min)());
  const std::size_t work = (multiply_adds(net.layers) + 64 * number_of(net.layers)) * xs.size();
  const int trials = static_cast<int>(std::clamp<std::size_t>((1u << 26) / (work + 1), 4, 16));
  random_rounding round(roundoff);
  auto tolerance = ys;
  for (auto& of_step : tolerance)
    std::fill(of_step.begin(), of_step.end(), 0.0);
  for (int trial = 0; trial < trials; ++trial) {
    const auto moved = evaluate_steps(net, initial, xs, round);
    for (std::size_t t = 0; t < ys.size(); ++t)
      for (std::size_t o = 0; o < ys[t].size(); ++o)
        tolerance[t][o] += (moved[t][o] - ys[t][o]) * (moved[t][o] - ys[t][o]) / trials;
  }
  for (std::size_t t = 0; t < ys.size(); ++t)
    for (std::size_t o = 0; o < ys[t].size(); ++o)
      tolerance[t][o] = tolerated_deviations * std::sqrt(tolerance[t][o]) + 2 * roundoff * std::abs(ys[t][o]) + 1024 * smallest;
  return tolerance;
}

/// Where it comes from, in words.
inline std::string tolerance_text(const net_description& net) {
  return text_of(tolerated_deviations) + " deviations that rounding to " + (net.double_precision ? "double" : "float") +
         " makes in " + std::to_string(net.layers.size()) + (net.layers.size() == 1 ? " layer" : " layers");
}

} // namespace inlay::io::detail
