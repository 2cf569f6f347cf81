#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>

namespace inlay::onnx::operators {

inline tensor shape_of(const computation& c) {
  const auto& shape = c.input(0).shape;
  const auto rank = c.input(0).rank();
  const auto bound = [&](double at) { return std::clamp(whole(at) + (at < 0 ? rank : 0), std::int64_t{0}, rank); };
  const auto first = bound(c.of.number("start", 0)), last = bound(c.of.number("end", static_cast<double>(rank)));
  tensor result{{std::max<std::int64_t>(last - first, 0)}, {}, false};
  for (auto d = first; d < last; ++d)
    result.values.push_back(static_cast<double>(shape[static_cast<std::size_t>(d)]));
  return result;
}

inline operator_rows shape_rows() { return {{"Shape", {"start", "end"}, shape_of}}; }

} // namespace inlay::onnx::operators
