#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline operator_rows tanh_rows() {
  return {unary("Tanh", [](double x) { return std::tanh(x); })};
}

} // namespace inlay::onnx::operators
