#pragma once

#include "inlay/io/detail/description.hpp"

#include <string>
#include <vector>

namespace inlay::onnx {

/// What the importer makes of the graph before it has layers of inlay's: a linear map, an activation, a
/// transpose, another layer, a residual, or a scale and shift of each feature, which is folded into a linear neighbour.
struct step {
  enum class kind { linear, transpose, layer, activation, residual, scale } is = kind::linear;
  std::string node;                      ///< for errors
  io::detail::layer_description layer{}; ///< of an activation its name
  std::vector<double> scale{}, shift{};  ///< one for each feature
  std::vector<step> inner{};             ///< of a residual
};

} // namespace inlay::onnx
