#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

inline operator_rows sigmoid_rows() {
  return {unary("Sigmoid", [](double x) { return sigmoid(x); })};
}

} // namespace inlay::onnx::operators
