#pragma once

#include "interpreter/elementwise.hpp"

namespace inlay::onnx::operators {

inline operator_rows comparison_rows() {
  return {binary("Greater", [](double a, double b) { return a > b ? 1.0 : 0.0; }),
          binary("Less", [](double a, double b) { return a < b ? 1.0 : 0.0; }),
          binary("GreaterOrEqual", [](double a, double b) { return a >= b ? 1.0 : 0.0; }),
          binary("LessOrEqual", [](double a, double b) { return a <= b ? 1.0 : 0.0; }),
          binary("Equal", [](double a, double b) { return a == b ? 1.0 : 0.0; }),
          unary("IsNaN", [](double x) { return x != x ? 1.0 : 0.0; })};
}

} // namespace inlay::onnx::operators
