#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

/// The element of x at each place of a result, broadcast.
inline tensor repeated(const computation& c, const shape_t& shape) {
  const tensor& x = c.input(0);
  tensor result = c.make(shape, x.floating);
  shape_t index(shape.size(), 0), from(x.shape.size());
  for (double& value : result.values) {
    for (std::size_t d = 0; d < from.size(); ++d)
      from[d] = index[index.size() - from.size() + d] % x.shape[d];
    value = x.values[place(from, x.shape)];
    advance(index, shape);
  }
  return result;
}

inline tensor expand(const computation& c) {
  return repeated(c, c.broadcast(c.input(0).shape, c.numbers("shape", 1).value_or(shape_t())));
}

inline tensor tile(const computation& c) {
  const auto times = c.numbers("repeats", 1).value_or(shape_t());
  shape_t shape = c.input(0).shape;
  if (times.size() != shape.size())
    c.fail("a number of repeats for each axis", text_of(times));
  for (std::size_t d = 0; d < shape.size(); ++d)
    if (times[d] < 0 || __builtin_mul_overflow(shape[d], times[d], &shape[d]))
      c.fail("repeats from 0", text_of(times));
  return repeated(c, shape);
}

inline operator_rows expand_rows() { return {{"Expand", {}, expand}, {"Tile", {}, tile}}; }

} // namespace inlay::onnx::operators
