#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

inline operator_rows softplus_rows() {
  return {unary("Softplus", [](double x) { return softplus(x); }),
          unary("Mish", [](double x) { return x * std::tanh(softplus(x)); })};
}

} // namespace inlay::onnx::operators
