#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

inline tensor gemm(const computation& c) {
  const tensor &a = c.input(0), &b = c.input(1);
  const bool transpose_a = c.of.number("transA", 0) != 0, transpose_b = c.of.number("transB", 0) != 0;
  const double alpha = c.of.number("alpha", 1), beta = c.of.number("beta", 1);
  if (a.rank() != 2 || b.rank() != 2)
    c.fail("matrices", text_of(a.shape) + " and " + text_of(b.shape));
  const auto rows = a.shape[transpose_a], inner = a.shape[!transpose_a], columns = b.shape[!transpose_b];
  if (inner != b.shape[transpose_b])
    c.fail("matrices that fit", text_of(a.shape) + " and " + text_of(b.shape));
  tensor result = c.make({rows, columns});
  shape_t index{0, 0};
  if (c.has(2) && c.broadcast(result.shape, c.input(2).shape) != result.shape)
    c.fail("C that broadcasts to " + text_of(result.shape), text_of(c.input(2).shape));
  for (double& value : result.values) {
    for (std::int64_t k = 0; k < inner; ++k)
      value += a.values[static_cast<std::size_t>(transpose_a ? k * rows + index[0] : index[0] * inner + k)] *
               b.values[static_cast<std::size_t>(transpose_b ? index[1] * inner + k : k * columns + index[1])];
    value = alpha * value + (c.has(2) ? beta * c.input(2).values[place(index, c.input(2).shape)] : 0);
    advance(index, result.shape);
  }
  return result;
}

inline operator_rows gemm_rows() { return {{"Gemm", {"alpha", "beta", "transA", "transB", "broadcast"}, gemm}}; }

} // namespace inlay::onnx::operators
