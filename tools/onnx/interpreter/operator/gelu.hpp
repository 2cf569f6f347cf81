#pragma once

#include "interpreter/elementwise.hpp"
#include "interpreter/operator/sigmoid.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline operator_rows gelu_rows() {
  return {unary("Gelu", {"approximate"}, [](double x, const node& of) {
    if (of.text("approximate", "none") == "none")
      return x * 0.5 * std::erfc(-x / std::sqrt(2.0));
    return x * sigmoid(2 * std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x));
  })};
}

} // namespace inlay::onnx::operators
