#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

/// The upper or the lower triangle of each matrix, zeros elsewhere; from diagonal k on.
inline tensor trilu(const computation& c) {
  tensor result = c.input(0);
  if (result.rank() < 2)
    c.fail("matrices", text_of(result.shape));
  if (c.has(1) && c.input(1).size() != 1)
    c.fail("one k", text_of(c.input(1).shape));
  const bool upper = c.of.number("upper", 1) != 0;
  const std::int64_t k = c.has(1) ? whole(c.input(1).values[0]) : 0;
  const std::int64_t rows = result.shape[result.shape.size() - 2], columns = result.shape.back();
  for (std::size_t at = 0; at < result.size(); ++at) {
    const auto row = static_cast<std::int64_t>(at) / columns % rows, column = static_cast<std::int64_t>(at) % columns;
    if (upper ? column - row < k : column - row > k)
      result.values[at] = 0;
  }
  return result;
}

inline operator_rows trilu_rows() { return {{"Trilu", {"upper"}, trilu}}; }

} // namespace inlay::onnx::operators
