#pragma once

#include "inlay/io/detail/activation_entry.hpp"
#include "inlay/io/detail/formula_evaluation.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What the layers compute of one sample in double precision, written for clearness. Every result goes through
/// `round(value, deviation)`: in float arithmetic it would have that standard deviation, in units of the roundoff.
template <class Round>
std::vector<double> evaluate(const std::vector<layer_description>& layers, std::vector<double> x, Round& round) {
  for (const auto& layer : layers) {
    const auto inner = layer.inner.empty() ? std::vector<double>() : evaluate(layer.inner, x, round);
    auto y = formula_evaluation(layer, x, inner, round)(onnx_formula_reader::read(layer.is.onnx));
    if (layer.activation.name == "softmax" || layer.activation.name == "log_softmax") {
      const double most = *std::max_element(y.begin(), y.end());
      double total = 0;
      for (const double z : y)
        total += std::exp(z - most);
      for (double& z : y) {
        const double below = z - most, log_total = std::log(total); // exp(below) errs by the rounding of `below`
        z = layer.activation.name == "softmax"
                ? round(std::exp(below) / total, std::exp(below) / total * (std::abs(below) + 8))
                : round(below - log_total, std::abs(below) + log_total + 4);
      }
    } else {
      const auto& [is, value, stated, parametric] = entry_of(layer.activation);
      if (!value)
        throw error("memory", "activation", "one of each element, or softmax or log_softmax", in_quotes(layer.activation.name));
      for (double& z : y) {
        const double a = value(z, layer.activation.parameter), size = std::abs(a);
        const double units = stated.value + (size > 0 ? stated.growth * (std::max)(0.0, -std::log(size)) : 0);
        z = round(a, units * size); // the worst that is stated is twice that
      }
    }
    x = std::move(y);
  }
  return x;
}

inline std::vector<double> evaluate(const net_description& net, const std::vector<double>& x) {
  exact none;
  return evaluate(net.layers, x, none);
}

} // namespace inlay::io::detail
