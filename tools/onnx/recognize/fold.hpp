#pragma once

#include "recognize/step.hpp"

namespace inlay::onnx {

/// What fold needs to know of the model.
struct fold_input {
  std::vector<std::vector<std::size_t>> shapes; ///< of a sample of each input
  std::string file;                             ///< for errors
  std::size_t steps = 0;                        ///< of a sequence; 0: of none
};

/// Layers for steps: scales and selections folded, activations joined to the linear map before them. `shape` is that of a sample
/// before the first. Throws io::error for a selection that no layer makes, and for shapes that do not fit.
std::vector<io::detail::layer_description> fold(std::vector<step> steps, std::vector<std::size_t> shape, const fold_input& of);

} // namespace inlay::onnx
