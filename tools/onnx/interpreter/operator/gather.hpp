#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

inline tensor gather(const computation& c) {
  const tensor &x = c.input(0), &which = c.input(1);
  const auto along = static_cast<std::size_t>(c.axis(c.of.number("axis", 0), x.rank()));
  if (x.shape.empty())
    c.fail("a tensor of rank 1 or more", "a scalar");
  std::size_t outer = 1, inner = 1;
  for (std::size_t d = 0; d < x.shape.size(); ++d)
    if (d != along)
      (d < along ? outer : inner) *= static_cast<std::size_t>(x.shape[d]);
  shape_t shape(x.shape.begin(), x.shape.begin() + static_cast<std::ptrdiff_t>(along));
  shape.insert(shape.end(), which.shape.begin(), which.shape.end());
  shape.insert(shape.end(), x.shape.begin() + static_cast<std::ptrdiff_t>(along) + 1, x.shape.end());
  tensor result = c.make(shape, x.floating);
  std::size_t at = 0;
  for (std::size_t o = 0; o < outer && at < result.size(); ++o)
    for (const double one : which.values) {
      const auto i = static_cast<std::size_t>(c.axis(one, x.shape[along]));
      if (x.shape[along] == 0)
        c.fail("indices of something", "an empty axis");
      for (std::size_t k = 0; k < inner; ++k)
        result.values[at++] = x.values[(o * static_cast<std::size_t>(x.shape[along]) + i) * inner + k];
    }
  return result;
}

/// What is at each row of indices, as torch.export writes x[:, [0, 2]] between two Transposes.
inline tensor gather_nd(const computation& c) {
  const tensor &x = c.input(0), &which = c.input(1);
  if (which.shape.empty() || which.shape.back() < 1 || which.shape.back() > x.rank() || c.of.number("batch_dims", 0) != 0)
    c.fail("rows of indices, no batch_dims", text_of(which.shape));
  const auto axes = static_cast<std::size_t>(which.shape.back());
  shape_t shape(which.shape.begin(), which.shape.end() - 1);
  shape.insert(shape.end(), x.shape.begin() + static_cast<std::ptrdiff_t>(axes), x.shape.end());
  tensor result = c.make(shape, x.floating);
  std::size_t inner = 1, at = 0;
  for (std::size_t d = axes; d < x.shape.size(); ++d)
    inner *= static_cast<std::size_t>(x.shape[d]);
  for (std::size_t row = 0; row < which.size() && at < result.size(); row += axes) {
    std::size_t from = 0;
    for (std::size_t d = 0; d < axes; ++d) {
      if (x.shape[d] == 0)
        c.fail("indices of something", "an empty axis");
      from = from * static_cast<std::size_t>(x.shape[d]) + static_cast<std::size_t>(c.axis(which.values[row + d], x.shape[d]));
    }
    for (std::size_t k = 0; k < inner; ++k)
      result.values[at++] = x.values[from * inner + k];
  }
  return result;
}

inline operator_rows gather_rows() { return {{"Gather", {"axis"}, gather}, {"GatherND", {"batch_dims"}, gather_nd}}; }

} // namespace inlay::onnx::operators
