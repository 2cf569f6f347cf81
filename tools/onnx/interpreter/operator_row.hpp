#pragma once

#include "interpreter/computation.hpp"

#include <functional>

namespace inlay::onnx {

enum class computed_by {
  tensor,
  element ///< each by itself, the inputs being broadcast: where all but one are constant, a function of one number
};

/// An operator in double precision, as https://onnx.ai/onnx/operators defines it, written for clearness.
struct operator_row {
  const char* operation;               ///< node::operation()
  std::vector<const char*> attributes; ///< all that it has in any opset; another one may change what is computed
  std::function<tensor(const computation&)> compute;
  computed_by by = computed_by::tensor;
  std::size_t outputs = 1; ///< that it computes, see node::which: BatchNormalization's and Dropout's others are for training
};
using operator_rows = std::vector<operator_row>;

} // namespace inlay::onnx
