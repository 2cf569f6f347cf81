#pragma once

#include "inlay/io/detail/description.hpp"

#include <string>
#include <vector>

namespace inlay::onnx {

/// What the importer makes of the graph before it has layers of inlay's: a linear map, an activation, a transpose, another
/// layer, branches and how they become one, one of several inputs, a scale and shift of each feature, or a selection of
/// features. Scales and selections are folded into a linear neighbour.
struct step {
  enum class kind { linear, transpose, layer, activation, join, input, scale, selection } is = kind::linear;
  std::string node;                      ///< for errors
  io::detail::layer_description layer{}; ///< of an activation its name
  std::vector<double> scale{}, shift{};  ///< one for each feature
  std::vector<std::size_t> from{};       ///< of a selection: which feature each is,
  std::size_t features = 0;              ///< and how many there were
  std::vector<std::vector<step>> branches{};
};

} // namespace inlay::onnx
