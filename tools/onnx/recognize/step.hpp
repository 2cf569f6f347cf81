#pragma once

#include "inlay/io/detail/description.hpp"

#include <string>
#include <vector>

namespace inlay::onnx {

/// What the importer makes of the graph before it has layers of inlay's: a linear map, an activation, a transpose, another
/// layer, branches and how they become one, one of several inputs, a norm, a scale and shift of each feature, or a selection of
/// features. Scales and selections are folded into a linear neighbour, a scale behind a norm is its own.
struct step {
  enum class kind {
    linear,
    transpose,
    layer,
    activation,
    join,
    input,
    scale,
    selection,
    norm,
  } is = kind::linear;
  std::string node;                      ///< for errors
  io::detail::layer_description layer{}; ///< of an activation its name; of a scale a batch_norm, if it is one
  std::vector<double> scale{}, shift{};  ///< one for each feature
  std::vector<std::size_t> from{};       ///< of a selection: which feature each is,
  std::size_t features = 0;              ///< and how many there were
  std::vector<std::vector<step>> branches{};
  bool fixed = false;     ///< of a linear map: it is none of the model's layers, and may be multiplied with one
  std::size_t groups = 1; ///< of a norm, before its scale and shift: so many even parts of the features, each by itself
  double epsilon = 0;
  bool centred = true; ///< their mean is taken away
};

} // namespace inlay::onnx
