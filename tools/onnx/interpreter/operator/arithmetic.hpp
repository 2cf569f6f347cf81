#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline tensor divide(const computation& c) {
  tensor quotients = each_element(c, all_inputs(c), 2, [](elements_t x) { return x[0] / x[1]; });
  if (!quotients.floating) // of extents, say
    for (double& value : quotients.values)
      value = std::trunc(value);
  return quotients;
}

/// The remainder with the sign of the divisor; with fmod that of the dividend.
inline tensor modulo(const computation& c) {
  const bool like_fmod = c.of.number("fmod", 0) != 0;
  return each_element(c, all_inputs(c), 2, [like_fmod](elements_t x) {
    const double rest = std::fmod(x[0], x[1]);
    return like_fmod || rest == 0 || (rest < 0) == (x[1] < 0) ? rest : rest + x[1];
  });
}

inline operator_rows arithmetic_rows() {
  return {unary("Neg", [](double x) { return -x; }),
          unary("Abs", [](double x) { return std::abs(x); }),
          unary("Reciprocal", [](double x) { return 1 / x; }),
          binary("Add", [](double a, double b) { return a + b; }),
          binary("Sub", [](double a, double b) { return a - b; }),
          binary("Mul", [](double a, double b) { return a * b; }),
          {"Div", {}, divide, computed_by::element},
          {"Mod", {"fmod"}, modulo, computed_by::element},
          variadic("Sum", [](elements_t x) {
            double sum = 0;
            for (const double value : x)
              sum += value;
            return sum;
          }),
          variadic("Mean", [](elements_t x) {
            double sum = 0;
            for (const double value : x)
              sum += value;
            return sum / static_cast<double>(x.size());
          })};
}

} // namespace inlay::onnx::operators
