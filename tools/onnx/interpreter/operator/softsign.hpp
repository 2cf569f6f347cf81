#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline operator_rows softsign_rows() {
  return {unary("Softsign", [](double x) { return x / (1 + std::abs(x)); })};
}

} // namespace inlay::onnx::operators
