#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>
#include <numeric>

namespace inlay::onnx::operators {

inline tensor slice(const computation& c) {
  const tensor& x = c.input(0);
  const auto starts = c.numbers("starts", 1).value_or(shape_t{}), ends = c.numbers("ends", 2).value_or(shape_t{});
  shape_t every(starts.size());
  std::iota(every.begin(), every.end(), 0);
  const auto axes = c.numbers("axes", 3).value_or(every), steps = c.numbers("", 4).value_or(shape_t(starts.size(), 1));
  if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size())
    c.fail("as many ends, axes and steps as starts", text_of(ends));
  shape_t shape = x.shape, first(shape.size(), 0), step(shape.size(), 1);
  for (std::size_t k = 0; k < starts.size(); ++k) {
    const auto d = static_cast<std::size_t>(c.axis(static_cast<double>(axes[k]), x.rank()));
    const std::int64_t length = x.shape[d], by = std::clamp(steps[k], -length - 1, length + 1);
    if (by == 0)
      c.fail("steps other than 0", text_of(steps));
    const auto inside = [&](std::int64_t place) {
      return std::clamp(place < 0 ? std::max(place, -length - 1) + length : place, by < 0 ? std::int64_t{-1} : std::int64_t{0},
                        by < 0 ? length - 1 : length);
    };
    const std::int64_t from = inside(starts[k]), to = inside(ends[k]);
    first[d] = from, step[d] = by;
    shape[d] = std::max<std::int64_t>(0, (to - from + by + (by > 0 ? -1 : 1)) / by);
  }
  tensor result = c.make(shape, x.floating);
  shape_t index(shape.size(), 0), from(shape.size(), 0);
  for (double& value : result.values) {
    for (std::size_t d = 0; d < shape.size(); ++d)
      from[d] = first[d] + index[d] * step[d];
    value = x.values[place(from, x.shape)];
    advance(index, shape);
  }
  return result;
}

inline operator_rows slice_rows() { return {{"Slice", {"starts", "ends", "axes"}, slice}}; }

} // namespace inlay::onnx::operators
