#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

/// scikit-learn's StandardScaler
inline tensor scaler(const computation& c) {
  const auto attribute_of = [&](const char* name) {
    const auto found = c.of.attributes.find(name);
    return found == c.of.attributes.end() ? std::vector<double>{} : found->second.numbers;
  };
  const auto offset = attribute_of("offset"), scale = attribute_of("scale");
  tensor result = c.input(0);
  const auto features = static_cast<std::size_t>(result.shape.empty() ? 1 : result.shape.back());
  for (const auto& list : {offset, scale})
    if (list.size() != 1 && list.size() != features)
      c.fail(std::to_string(features) + " offsets and scales", std::to_string(list.size()));
  for (std::size_t at = 0; at < result.size(); ++at) {
    const std::size_t f = at % features;
    result.values[at] = (result.values[at] - offset[offset.size() == 1 ? 0 : f]) * scale[scale.size() == 1 ? 0 : f];
  }
  return result;
}

inline operator_rows scaler_rows() { return {{"ai.onnx.ml.Scaler", {"offset", "scale"}, scaler}}; }

} // namespace inlay::onnx::operators
