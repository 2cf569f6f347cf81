#pragma once

#include "inlay/io/detail/rtneural/layer.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// W [tap][in / groups][out], the last tap being the newest instant, then b.
inline void read_rtneural_conv1d(const json_entry& from, rtneural_layer& to) {
  to.kernel = from.whole("kernel_size"), to.dilation = from.whole("dilation"), to.groups = from.whole("groups", 1);
  if (const std::size_t stride = from.whole("strides", 1); stride != 1)
    from.fail("'strides' 1", std::to_string(stride));
  if (to.inputs % to.groups != 0 || to.outputs % to.groups != 0)
    from.fail("groups of " + std::to_string(to.inputs) + " input and " + std::to_string(to.outputs) +
                  " output channels",
              std::to_string(to.groups));
  const std::size_t inputs = to.inputs / to.groups;
  const auto& weights = from.weights(2, 2);
  from.array(weights[0], to.kernel, "weights [tap][in][out]");
  for (const auto& tap : weights[0]) { // before room is made for what a few words claim
    from.array(tap, inputs, "weights [in][out]");
    for (const auto& row : tap)
      from.array(row, to.outputs, "a row of weights [in][out]");
  }
  auto& w = to.add("weight", {to.outputs, inputs, to.kernel});
  for (std::size_t k = 0; k < to.kernel; ++k)
    for (std::size_t i = 0; i < inputs; ++i)
      for (std::size_t o = 0; o < to.outputs; ++o)
        w[(o * inputs + i) * to.kernel + k] = from.number(weights[0][k][i][o]);
  to.add("bias", {to.outputs}) = from.row(weights[1], to.outputs, "biases");
}

inline void write_rtneural_conv1d(const layer_description& from, nlohmann::json& to) {
  const std::size_t outputs = from.biases().size(), kernel = from.number("kernel"),
                    inputs = from.weights().size() / outputs / kernel;
  to["type"] = "conv1d", to["weights"] = {nullptr, from.biases()};
  to["kernel_size"] = {kernel}, to["dilation"] = from.list("dilation"), to["groups"] = from.list("groups")[0];
  for (std::size_t k = 0; k < kernel; ++k)
    for (std::size_t i = 0; i < inputs; ++i)
      for (std::size_t o = 0; o < outputs; ++o)
        to["weights"][0][k][i][o] = from.weights()[(o * inputs + i) * kernel + k];
}

} // namespace inlay::io::detail
