#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline operator_rows exponential_rows() {
  return {unary("Exp", [](double x) { return std::exp(x); }), unary("Log", [](double x) { return std::log(x); }),
          unary("Sqrt", [](double x) { return std::sqrt(x); }), unary("Erf", [](double x) { return std::erf(x); }),
          unary("Sin", [](double x) { return std::sin(x); }), unary("Cos", [](double x) { return std::cos(x); }),
          binary("Pow", [](double a, double b) { return std::pow(a, b); })};
}

} // namespace inlay::onnx::operators
