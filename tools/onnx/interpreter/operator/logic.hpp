#pragma once

#include "interpreter/elementwise.hpp"

namespace inlay::onnx::operators {

inline operator_rows logic_rows() {
  return {unary("Not", [](double x) { return x == 0 ? 1.0 : 0.0; }),
          binary("And", [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; }),
          binary("Or", [](double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; }),
          ternary("Where", [](double condition, double a, double b) { return condition != 0 ? a : b; })};
}

} // namespace inlay::onnx::operators
