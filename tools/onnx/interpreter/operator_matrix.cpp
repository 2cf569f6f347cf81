#include "interpreter/operators.hpp"

namespace inlay::onnx {

tensor gemm(const computation& c) {
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

tensor matmul(const computation& c) {
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

} // namespace inlay::onnx
