#pragma once

#include "inlay/io/detail/rtneural/layer.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// [[slopes]], one for each channel or one for all.
inline void read_rtneural_prelu(const json_entry& from, rtneural_layer& to) {
  const auto& weights = from.array(from.weights(1, 1)[0], 1, "weights [1][channels]");
  const bool shared = weights[0].is_array() && weights[0].size() == 1;
  const std::size_t slopes = shared ? 1 : to.outputs;
  to.add("weight", {slopes}) = from.row(weights[0], slopes, "slopes");
}

inline void write_rtneural_prelu(const layer_description& from, nlohmann::json& to) {
  to["type"] = "prelu", to["weights"] = nlohmann::json::array({nlohmann::json::array({from.weights()})});
}

} // namespace inlay::io::detail
