#pragma once

#include "inlay/io/detail/activation_entry.hpp"
#include "inlay/io/detail/formula_evaluation.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// Whether σ takes a whole row.
inline bool of_row(const activation_description& of) { return of.name == "softmax" || of.name == "log_softmax"; }

/// σ of one sample, through `round` as below.
template <class Round>
std::vector<double> activated(const activation_description& of, std::vector<double> y, Round& round) {
  if (of_row(of)) {
    const double most = *std::max_element(y.begin(), y.end());
    double total = 0;
    for (const double z : y)
      total += std::exp(z - most);
    for (double& z : y) {
      const double below = z - most, log_total = std::log(total); // exp(below) errs by the rounding of `below`
      z = of.name == "softmax" ? round(std::exp(below) / total, std::exp(below) / total * (std::abs(below) + 8))
                               : round(below - log_total, std::abs(below) + log_total + 4);
    }
    return y;
  }
  const auto& entry = entry_of(of);
  if (!entry.value)
    throw error("memory", "activation", "one of each element, or softmax or log_softmax", in_quotes(of.name));
  for (double& z : y) {
    const double a = entry.value(z, of.parameter), size = std::abs(a);
    const double units =
        entry.stated.value + (size > 0 ? entry.stated.growth * (std::max)(0.0, -std::log(size)) : 0);
    z = round(a, units * size); // the worst that is stated is twice that
  }
  return y;
}

/// What the layers compute of one sample in double precision, written for clearness. Every result goes through
/// `round(value, deviation)`: in float arithmetic it would have that standard deviation, in units of the roundoff.
template <class Round>
std::vector<double> evaluate(const std::vector<layer_description>& layers, std::vector<double> x, Round& round) {
  for (const auto& layer : layers) {
    std::vector<std::vector<double>> inner;
    for (const auto& branch : layer.branches)
      inner.push_back(evaluate(branch, x, round));
    x = activated(layer.activation, formula_evaluation(layer, x, inner, round)(onnx_formula_reader::read(layer.is.onnx)), round);
  }
  return x;
}

} // namespace inlay::io::detail
