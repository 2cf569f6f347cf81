#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

/// (x - zero point) scale, one of each for all, or for each place along an axis.
inline tensor dequantize(const computation& c) {
  tensor x = c.input(0);
  const tensor& scale = c.input(1);
  const bool each = scale.size() > 1;
  const auto along = each ? static_cast<std::size_t>(c.axis(c.of.number("axis", 1), x.rank())) : 0;
  const auto whole_number = [&](const tensor& of) { return of.size() == scale.size() && of.rank() <= 1; };
  if (!whole_number(scale) || scale.size() == 0 || (c.has(2) && !whole_number(c.input(2))) ||
      c.of.number("block_size", 0) != 0 ||
      (each && (along >= x.shape.size() || static_cast<std::size_t>(x.shape[along]) != scale.size())))
    c.fail("a scale and a zero point for all, or for each place along an axis", text_of(scale.shape));
  shape_t index(x.shape.size(), 0);
  for (double& value : x.values) {
    const std::size_t at = each ? static_cast<std::size_t>(index[along]) : 0;
    value = (value - (c.has(2) ? c.input(2).values[at] : 0)) * scale.values[at];
    advance(index, x.shape);
  }
  x.floating = true;
  return x;
}

inline operator_rows quantization_rows() { return {{"DequantizeLinear", {"axis", "block_size", "output_dtype"}, dequantize}}; }

} // namespace inlay::onnx::operators
