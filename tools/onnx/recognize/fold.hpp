#pragma once

#include "recognize/step.hpp"

namespace inlay::onnx {

/// Layers for steps: scales folded, activations joined to the linear map before them. `input` is the shape of
/// a sample. Throws io::error where a scale has no linear neighbour.
std::vector<io::detail::layer_description> fold(std::vector<step> steps, std::vector<std::size_t> input,
                                                const std::string& file);

} // namespace inlay::onnx
