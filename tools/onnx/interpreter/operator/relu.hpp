#pragma once

#include "interpreter/elementwise.hpp"

namespace inlay::onnx::operators {

inline operator_rows relu_rows() {
  return {
      unary("Relu", [](double x) { return maximum(x, 0); }),
      unary("LeakyRelu", {"alpha"}, [](double x, const node& of) { return x < 0 ? of.number("alpha", 0.01) * x : x; }),
      binary("PRelu", [](double x, double slope) { return x < 0 ? slope * x : x; }),
      unary("ThresholdedRelu", {"alpha"}, [](double x, const node& of) { return x > of.number("alpha", 1) ? x : 0; })};
}

} // namespace inlay::onnx::operators
