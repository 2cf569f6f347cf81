#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>

namespace inlay::onnx::operators {

/// The lengths of the parts: given, or as even as can be, the last being shorter.
inline shape_t lengths_of_parts(const computation& c, std::int64_t extent) {
  const auto given = c.numbers("split", 1);
  if (given)
    return *given;
  const auto count = std::max(whole(c.of.number("num_outputs", static_cast<double>(c.of.parts))), std::int64_t{1});
  const std::int64_t length = (extent + count - 1) / count;
  shape_t lengths;
  for (std::int64_t k = 0, rest = extent; k < count && k <= extent; ++k, rest -= lengths.back())
    lengths.push_back(std::min(length, rest));
  return lengths;
}

inline tensor split(const computation& c) {
  const tensor& x = c.input(0);
  if (x.shape.empty())
    c.fail("a tensor of rank 1 or more", "a scalar");
  const auto along = static_cast<std::size_t>(c.axis(c.of.number("axis", 0), x.rank()));
  const auto lengths = lengths_of_parts(c, x.shape[along]);
  std::int64_t first = 0, end = 0;
  for (std::size_t k = 0; k < lengths.size(); ++k) {
    if (lengths[k] < 0 || lengths[k] > x.shape[along] - end)
      c.fail("parts of " + std::to_string(x.shape[along]), text_of(lengths));
    end += lengths[k];
    first += k < c.of.which ? lengths[k] : 0;
  }
  if (c.of.which >= lengths.size())
    c.fail("as many parts as outputs", text_of(lengths));
  shape_t shape = x.shape;
  shape[along] = lengths[c.of.which];
  tensor result = c.make(shape, x.floating);
  shape_t index(shape.size(), 0), from;
  for (double& value : result.values) {
    from = index;
    from[along] += first;
    value = x.values[place(from, x.shape)];
    advance(index, shape);
  }
  return result;
}

inline operator_rows split_rows() { return {{"Split", {"axis", "split", "num_outputs"}, split, computed_by::tensor, 1 << 20}}; }

} // namespace inlay::onnx::operators
