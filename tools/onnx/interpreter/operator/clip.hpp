#pragma once

#include "interpreter/elementwise.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline tensor clip(const computation& c) {
  if (c.model.opset >= 11) // its bounds became inputs then
    c.check_attributes({});
  const tensor low = scalar(c.of.number("min", -HUGE_VAL)), high = scalar(c.of.number("max", HUGE_VAL));
  return each_element(c, {&c.input(0), c.has(1) ? c.inputs[1] : &low, c.has(2) ? c.inputs[2] : &high}, 3,
                      [](elements_t x) { return minimum(maximum(x[0], x[1]), x[2]); });
}

inline operator_rows clip_rows() {
  return {{"Clip", {"min", "max"}, clip, computed_by::element},
          variadic("Min",
                   [](elements_t x) {
                     double least = x[0];
                     for (const double value : x)
                       least = minimum(least, value);
                     return least;
                   }),
          variadic("Max", [](elements_t x) {
            double most = x[0];
            for (const double value : x)
              most = maximum(most, value);
            return most;
          })};
}

} // namespace inlay::onnx::operators
