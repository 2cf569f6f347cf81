#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>
#include <cmath>

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

/// round(x / scale) + zero point, a half to the even neighbour, as INT8 or UINT8.
inline tensor quantize(const computation& c) {
  tensor x = c.input(0);
  const tensor& scale = c.input(1);
  const bool each = scale.size() > 1, bytes = !c.has(2) || c.input(2).bytes;
  const auto along = each ? static_cast<std::size_t>(c.axis(c.of.number("axis", 1), x.rank())) : 0;
  if (scale.size() == 0 || scale.rank() > 1 || (c.has(2) && c.input(2).size() != scale.size()) || c.of.number("block_size", 0) != 0 ||
      (each && (along >= x.shape.size() || static_cast<std::size_t>(x.shape[along]) != scale.size())))
    c.fail("a scale and a zero point for all, or for each place along an axis", text_of(scale.shape));
  for (std::size_t k = 0; c.has(2) && k < scale.size(); ++k) // of INT16 and the like it may be anything
    if (const double zero = c.input(2).values[k]; zero < (bytes ? 0 : -128) || zero > (bytes ? 255 : 127))
      c.fail("a zero point of INT8 or UINT8", std::to_string(zero));
  shape_t index(x.shape.size(), 0);
  for (double& value : x.values) {
    const std::size_t at = each ? static_cast<std::size_t>(index[along]) : 0;
    value = std::nearbyint(value / scale.values[at]) + (c.has(2) ? c.input(2).values[at] : 0);
    value = std::clamp(value, bytes ? 0.0 : -128.0, bytes ? 255.0 : 127.0);
    advance(index, x.shape);
  }
  x.floating = false, x.bytes = bytes;
  return x;
}

inline operator_rows quantization_rows() { return {{"QuantizeLinear", {"axis", "saturate"}, quantize}, {"DequantizeLinear", {"axis", "block_size", "output_dtype"}, dequantize}}; }

} // namespace inlay::onnx::operators
