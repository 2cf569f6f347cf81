#pragma once

#include "inlay/io/detail/rtneural/layer.hpp"

#include <cmath>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// γ, β, mean and variance, or the last two; y = γ (x − mean) / √(variance + ε) + β.
inline void read_rtneural_batch_norm(const json_entry& from, rtneural_layer& to) {
  const auto& weights = from.weights(2, 4);
  if (weights.size() == 3)
    from.fail("2 or 4 entries in weights (center and scale, or neither)", "3");
  const auto& epsilon = member(from.json, "epsilon", from.file, from.part);
  to.epsilon = epsilon.is_number() ? epsilon.get<double>() : -1;
  if (!(to.epsilon >= 0))
    from.fail("'epsilon' as a number from 0 on", in_quotes(epsilon.dump()));
  const std::size_t own = weights.size() - 2;
  auto gamma = own ? from.row(weights[0], to.outputs, "scales") : std::vector<double>(to.outputs, 1.0);
  auto beta = own ? from.row(weights[1], to.outputs, "biases") : std::vector<double>(to.outputs, 0.0);
  to.add("weight", {to.outputs}) = std::move(gamma);
  to.add("bias", {to.outputs}) = std::move(beta);
  to.add("running_mean", {to.outputs}, false) = from.row(weights[own], to.outputs, "means");
  auto& variance = to.add("running_var", {to.outputs}, false) = from.row(weights[own + 1], to.outputs, "variances");
  for (const double one : variance)
    if (!(one + to.epsilon > 0))
      from.fail("variances above 0", text_of(one));
}

inline void write_rtneural_batch_norm(const layer_description& from, nlohmann::json& to) {
  to["type"] = "batchnorm";
  for (const formula_value& one : from.options)
    if (one.name == "epsilon")
      to["epsilon"] = one.numbers[0];
  to["weights"] = nlohmann::json::array();
  for (const auto& tensor : from.parameters)
    to["weights"].push_back(tensor.values);
}

/// A norm behind a linear map, W [outputs][...] and b, as one map.
inline void fold_batch_norm(const rtneural_layer& norm, std::vector<double>& w, std::vector<double>& b) {
  const std::size_t each = w.size() / b.size();
  for (std::size_t o = 0; o < b.size(); ++o) {
    const double factor = norm.parameters[0].values[o] / std::sqrt(norm.parameters[3].values[o] + norm.epsilon);
    for (std::size_t k = 0; k < each; ++k)
      w[o * each + k] *= factor;
    b[o] = (b[o] - norm.parameters[2].values[o]) * factor + norm.parameters[1].values[o];
  }
}

} // namespace inlay::io::detail
