#pragma once

#include "recognize/step.hpp"

namespace inlay::onnx {

/// Folds selections into the dense layers and convolutions before them, so that what is left out is not computed; and moves the
/// rest as far to the front as they make it cheaper.
void settle_selections(std::vector<step>& steps);
/// Folds scales into the linear map behind or before them, and into the norm before them, and joins those that follow one
/// another. Those that are left become rescale layers. Maps that are none of the model's own are multiplied with a dense layer
/// beside them.
void settle_scales(std::vector<step>& steps);

} // namespace inlay::onnx
