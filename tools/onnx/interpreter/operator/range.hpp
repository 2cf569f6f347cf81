#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx::operators {

inline tensor range(const computation& c) {
  for (std::size_t i = 0; i < 3; ++i)
    if (c.input(i).size() != 1)
      c.fail("a scalar", text_of(c.input(i).shape));
  const double first = c.input(0).values[0], step = c.input(2).values[0],
               count = std::ceil((c.input(1).values[0] - first) / step);
  if (!(std::abs(count) <= 1e9) || step == 0)
    c.fail("a finite number of elements", "a step of " + std::to_string(step));
  tensor result = c.make({static_cast<std::int64_t>(std::max(count, 0.0))}, c.input(0).floating);
  for (std::size_t i = 0; i < result.size(); ++i)
    result.values[i] = first + static_cast<double>(i) * step;
  return result;
}

inline tensor constant_of_shape(const computation& c) {
  const auto value = c.of.attributes.find("value");
  const bool given = value != c.of.attributes.end() && value->second.value && value->second.value->size() == 1;
  tensor result = c.make(c.numbers("shape", 0).value_or(shape_t()), !given || value->second.value->floating);
  std::fill(result.values.begin(), result.values.end(), given ? value->second.value->values[0] : 0.0);
  return result;
}

inline operator_rows range_rows() { return {{"Range", {}, range}, {"ConstantOfShape", {"value"}, constant_of_shape}}; }

} // namespace inlay::onnx::operators
