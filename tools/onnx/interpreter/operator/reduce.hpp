#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace inlay::onnx::operators {

/// fold(result, number) along the axes, from `first` on.
template <class F>
tensor reduced(const computation& c, double first, F fold) {
  const tensor& x = c.input(0);
  auto axes = c.numbers("axes", 1).value_or(shape_t());
  if (axes.empty() && c.of.number("noop_with_empty_axes", 0) == 0) {
    axes.resize(x.shape.size());
    std::iota(axes.begin(), axes.end(), 0);
  }
  for (auto& axis : axes)
    axis = c.axis(static_cast<double>(axis), x.rank());
  shape_t kept = x.shape, rest;
  for (const auto axis : axes)
    kept.at(static_cast<std::size_t>(axis)) = 1;
  tensor result = c.make(kept);
  if (x.size() == 0 || result.size() == 0)
    c.fail("at least one number", text_of(x.shape));
  std::fill(result.values.begin(), result.values.end(), first);
  shape_t index(x.shape.size(), 0);
  for (const double value : x.values) {
    double& into = result.values[place(index, kept)];
    into = fold(into, value);
    advance(index, x.shape);
  }
  for (std::int64_t d = 0; d < x.rank(); ++d)
    if (std::find(axes.begin(), axes.end(), d) == axes.end())
      rest.push_back(x.shape[static_cast<std::size_t>(d)]);
  if (c.of.number("keepdims", 1) == 0)
    result.shape = rest;
  return result;
}

inline tensor reduce_mean(const computation& c) {
  tensor result = reduced(c, 0, [](double sum, double value) { return sum + value; });
  for (double& sum : result.values)
    sum /= static_cast<double>(c.input(0).size() / result.size());
  return result;
}
inline tensor reduce_max(const computation& c) {
  return reduced(c, -std::numeric_limits<double>::infinity(), [](double most, double value) { return std::max(most, value); });
}

inline tensor reduce_sum(const computation& c) {
  return reduced(c, 0, [](double sum, double value) { return sum + value; });
}

inline tensor reduce_product(const computation& c) {
  return reduced(c, 1, [](double product, double value) { return product * value; });
}
inline tensor reduce_sum_of_squares(const computation& c) {
  return reduced(c, 0, [](double sum, double value) { return sum + value * value; });
}
inline tensor reduce_sum_of_sizes(const computation& c) {
  return reduced(c, 0, [](double sum, double value) { return sum + std::abs(value); });
}
inline tensor reduce_length(const computation& c) {
  tensor result = reduce_sum_of_squares(c);
  for (double& sum : result.values)
    sum = std::sqrt(sum);
  return result;
}

inline operator_rows reduce_rows() {
  return {{"ReduceSum", {"axes", "keepdims", "noop_with_empty_axes"}, reduce_sum},
          {"ReduceMean", {"axes", "keepdims", "noop_with_empty_axes"}, reduce_mean},
          {"ReduceMax", {"axes", "keepdims", "noop_with_empty_axes"}, reduce_max},
          {"ReduceProd", {"axes", "keepdims", "noop_with_empty_axes"}, reduce_product},
          {"ReduceL1", {"axes", "keepdims", "noop_with_empty_axes"}, reduce_sum_of_sizes},
          {"ReduceL2", {"axes", "keepdims", "noop_with_empty_axes"}, reduce_length},
          {"ReduceSumSquare", {"axes", "keepdims", "noop_with_empty_axes"}, reduce_sum_of_squares}};
}

} // namespace inlay::onnx::operators
