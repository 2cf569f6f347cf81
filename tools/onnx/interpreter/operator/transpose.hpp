#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>
#include <numeric>

namespace inlay::onnx::operators {

inline tensor transpose(const computation& c) {
  const tensor& x = c.input(0);
  auto order = c.of.list("perm");
  if (order.empty())
    for (auto d = x.rank(); d-- > 0;)
      order.push_back(d);
  auto sorted = order;
  std::sort(sorted.begin(), sorted.end());
  shape_t all(x.shape.size());
  std::iota(all.begin(), all.end(), 0);
  if (sorted != all)
    c.fail("perm as a permutation of " + std::to_string(x.rank()) + " axes", text_of(order));
  shape_t shape;
  for (const auto d : order)
    shape.push_back(x.shape[static_cast<std::size_t>(d)]);
  tensor result = c.make(shape, x.floating);
  shape_t index(shape.size(), 0), from(shape.size(), 0);
  for (double& value : result.values) {
    for (std::size_t d = 0; d < order.size(); ++d)
      from[static_cast<std::size_t>(order[d])] = index[d];
    value = x.values[place(from, x.shape)];
    advance(index, shape);
  }
  return result;
}

inline operator_rows transpose_rows() { return {{"Transpose", {"perm"}, transpose}}; }

} // namespace inlay::onnx::operators
