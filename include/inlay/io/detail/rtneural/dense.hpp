#pragma once

#include "inlay/io/detail/rtneural/layer.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// W [in][out], then b, which may be missing.
inline void read_rtneural_dense(const json_entry& from, rtneural_layer& to) {
  const auto& weights = from.weights(1, 2);
  auto& w = to.add("weight", {to.outputs, to.inputs});
  from.array(weights[0], to.inputs, "weights [in][out]");
  for (std::size_t i = 0; i < to.inputs; ++i) {
    const auto row = from.row(weights[0][i], to.outputs, "a row of weights [in][out]");
    for (std::size_t o = 0; o < to.outputs; ++o)
      w[o * to.inputs + i] = row[o];
  }
  auto& b = to.add("bias", {to.outputs});
  if (weights.size() == 2)
    b = from.row(weights[1], to.outputs, "biases");
}

inline void write_rtneural_dense(const layer_description& from, nlohmann::json& to) {
  const std::size_t outputs = from.biases().size(), inputs = from.weights().size() / outputs;
  to["type"] = "dense", to["weights"] = {nullptr, from.biases()};
  for (std::size_t i = 0; i < inputs; ++i)
    for (std::size_t o = 0; o < outputs; ++o)
      to["weights"][0][i][o] = from.weights()[o * inputs + i];
}

} // namespace inlay::io::detail
