#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

inline operator_rows sigmoid_rows() {
  return {unary("Sigmoid", [](double x) { return sigmoid(x); }),
          unary("Swish", {"alpha"}, [](double x, const node& of) { return x * sigmoid(of.number("alpha", 1) * x); })};
}

} // namespace inlay::onnx::operators
