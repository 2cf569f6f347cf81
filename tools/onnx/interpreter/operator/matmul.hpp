#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

inline tensor matmul(const computation& c) {
  tensor a = c.input(0), b = c.input(1);
  const bool row = a.rank() == 1, column = b.rank() == 1;
  if (row)
    a.shape.insert(a.shape.begin(), 1);
  if (column)
    b.shape.push_back(1);
  if (a.rank() < 2 || b.rank() < 2 || a.shape.back() != b.shape[b.shape.size() - 2])
    c.fail("matrices that fit", text_of(c.input(0).shape) + " and " + text_of(c.input(1).shape));
  const auto rows = a.shape[a.shape.size() - 2], inner = a.shape.back(), columns = b.shape.back();
  const shape_t many_a(a.shape.begin(), a.shape.end() - 2), many_b(b.shape.begin(), b.shape.end() - 2);
  const shape_t many = c.broadcast(many_a, many_b);
  shape_t shape = many;
  shape.insert(shape.end(), {rows, columns});
  tensor result = c.make(shape);
  shape_t index(many.size(), 0);
  const auto size = static_cast<std::size_t>(rows * columns), depth = static_cast<std::size_t>(inner);
  for (std::size_t first = 0; size && first < result.size(); first += size) {
    const double* x = a.values.data() + place(index, many_a) * static_cast<std::size_t>(rows) * depth;
    const double* w = b.values.data() + place(index, many_b) * depth * static_cast<std::size_t>(columns);
    for (std::size_t at = 0; at < size; ++at) {
      const std::size_t r = at / static_cast<std::size_t>(columns), c = at % static_cast<std::size_t>(columns);
      for (std::size_t k = 0; k < depth; ++k)
        result.values[first + at] += x[r * depth + k] * w[k * static_cast<std::size_t>(columns) + c];
    }
    advance(index, many);
  }
  if (column)
    result.shape.pop_back();
  if (row)
    result.shape.erase(result.shape.end() - (column ? 1 : 2));
  return result;
}

inline operator_rows matmul_rows() { return {{"MatMul", {}, matmul}}; }

} // namespace inlay::onnx::operators
