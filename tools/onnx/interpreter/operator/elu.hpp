#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline operator_rows elu_rows() {
  return {unary("Elu", {"alpha"},
                [](double x, const node& of) { return x < 0 ? of.number("alpha", 1) * std::expm1(x) : x; }),
          unary("Celu", {"alpha"},
                [](double x, const node& of) {
                  const double alpha = of.number("alpha", 1);
                  return maximum(x, 0) + minimum(alpha * std::expm1(x / alpha), 0);
                }),
          unary("Selu", {"alpha", "gamma"}, [](double x, const node& of) {
            const double alpha = of.number("alpha", 1.67326319217681884765625),
                         gamma = of.number("gamma", 1.05070102214813232421875);
            return gamma * (x > 0 ? x : alpha * std::expm1(x));
          })};
}

} // namespace inlay::onnx::operators
