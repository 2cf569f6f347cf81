#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx::operators {

/// And LogSoftmax.
inline tensor softmax(const computation& c) {
  // Before opset 13 the tensor is taken as a matrix, cut at the axis; from then on along the axis alone.
  const bool matrix = c.model.opset < 13;
  const tensor& x = c.input(0);
  const auto along =
      static_cast<std::size_t>(c.axis(c.of.number("axis", matrix ? 1 : -1), std::max<std::int64_t>(x.rank(), 1)));
  std::size_t inner = 1, length = x.shape.empty() ? 1 : static_cast<std::size_t>(x.shape[along]);
  for (std::size_t d = along + 1; d < x.shape.size(); ++d)
    (matrix ? length : inner) *= static_cast<std::size_t>(x.shape[d]);
  tensor result = x;
  for (std::size_t first = 0; length && first < x.size(); ++first) {
    if (first / inner % length)
      continue; // not the beginning of a group
    double most = -HUGE_VAL, sum = 0;
    for (std::size_t k = 0; k < length; ++k)
      most = std::max(most, x.values[first + k * inner]);
    for (std::size_t k = 0; k < length; ++k)
      sum += std::exp(x.values[first + k * inner] - most);
    for (std::size_t k = 0; k < length; ++k) {
      const double z = x.values[first + k * inner] - most;
      result.values[first + k * inner] = c.of.op == "Softmax" ? std::exp(z) / sum : z - std::log(sum);
    }
  }
  return result;
}

inline operator_rows softmax_rows() { return {{"Softmax", {"axis"}, softmax}, {"LogSoftmax", {"axis"}, softmax}}; }

} // namespace inlay::onnx::operators
