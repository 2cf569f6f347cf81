#pragma once

#include "interpreter/elementwise.hpp"

namespace inlay::onnx::operators {

inline operator_rows hard_rows() {
  return {unary("HardSigmoid", {"alpha", "beta"},
                [](double x, const node& of) {
                  return minimum(maximum(of.number("alpha", 0.2) * x + of.number("beta", 0.5), 0), 1);
                }),
          unary("HardSwish", [](double x) { return x * minimum(maximum(x / 6 + 0.5, 0), 1); })};
}

} // namespace inlay::onnx::operators
