#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// σ by name, "relu"; with the parameter of those that have one: leaky_relu, elu, celu.
struct activation_description {
  std::string name = "identity";
  double parameter = 0;
  friend bool operator==(const activation_description&, const activation_description&) = default;
};

enum class layer_kind { dense, conv1d, transpose, activation, residual };

/// A layer as it is on paper, its type and values at run time: what every format is read into and written
/// from.
struct layer_description {
  layer_kind kind = layer_kind::dense;
  std::vector<std::size_t> input, output; ///< shapes of one sample
  activation_description activation{};
  std::size_t kernel = 1, stride = 1, dilation = 1;
  std::vector<double> weights{}, biases{}; ///< canonical order: [out][in] or [out][in][tap]
  std::vector<layer_description> inner{};  ///< of a residual
  friend bool operator==(const layer_description&, const layer_description&) = default;
};

struct net_description {
  bool double_precision = false;
  std::vector<std::size_t> input;
  std::vector<layer_description> layers;
};

inline std::size_t size_of(const std::vector<std::size_t>& shape) {
  std::size_t size = 1;
  for (const std::size_t extent : shape)
    size *= extent;
  return size;
}

/// PyTorch's shape of the weights.
inline std::vector<std::size_t> weight_shape(const layer_description& layer) {
  if (layer.kind == layer_kind::conv1d)
    return {layer.output[0], layer.input[0], layer.kernel};
  return {layer.output[0], size_of(layer.input)};
}

/// Calls f(layer) for every layer with weights, those of residuals included, in canonical order.
template <class Layers, class F>
void for_each_linear(Layers& layers, F f) {
  for (auto& layer : layers) {
    if (layer.kind == layer_kind::dense || layer.kind == layer_kind::conv1d)
      f(layer);
    for_each_linear(layer.inner, f);
  }
}

} // namespace inlay::io::detail
