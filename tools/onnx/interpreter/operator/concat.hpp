#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>

namespace inlay::onnx::operators {

inline tensor concat(const computation& c) {
  const auto along = static_cast<std::size_t>(c.axis(c.of.number("axis", 0), c.input(0).rank()));
  if (c.input(0).shape.empty())
    c.fail("tensors of rank 1 or more", "a scalar");
  shape_t shape = c.input(0).shape;
  shape[along] = 0;
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    shape_t other = c.input(i).shape;
    if (other.size() != shape.size())
      c.fail("inputs of one rank", text_of(other));
    shape[along] += other[along];
    other[along] = shape[along];
    if (other != shape)
      c.fail("inputs that differ along the axis only", text_of(c.input(i).shape));
  }
  tensor result = c.make(shape, c.input(0).floating);
  std::size_t outer = 1, at = 0;
  for (std::size_t d = 0; d < along; ++d)
    outer *= static_cast<std::size_t>(shape[d]);
  for (std::size_t o = 0; o < outer && at < result.size(); ++o)
    for (std::size_t i = 0; i < c.inputs.size(); ++i) {
      const std::size_t length = c.input(i).size() / outer;
      std::copy_n(c.input(i).values.begin() + static_cast<std::ptrdiff_t>(o * length), length,
                  result.values.begin() + static_cast<std::ptrdiff_t>(at));
      at += length;
    }
  return result;
}

inline operator_rows concat_rows() { return {{"Concat", {"axis"}, concat}}; }

} // namespace inlay::onnx::operators
