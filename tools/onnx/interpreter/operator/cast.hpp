#pragma once

#include "file/element_type.hpp"
#include "interpreter/operator_row.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline tensor cast(const computation& c) {
  const auto to = whole(c.of.number("to", 0));
  const bool floating = to == 1 || to == 11, integer = to == 6 || to == 7, truth = to == 9; // FLOAT, DOUBLE; INT32, INT64; BOOL
  tensor result = c.input(0);
  if (!floating && !integer && !truth)
    c.fail("a Cast to FLOAT, DOUBLE, INT32, INT64 or BOOL", "one to " + type_name(static_cast<int>(to)));
  if (integer)
    for (double& value : result.values)
      value = std::trunc(value);
  if (truth)
    for (double& value : result.values)
      value = value != 0 ? 1 : 0;
  result.floating = floating;
  return result;
}

inline tensor cast_like(const computation& c) { return c.input(0); } // every type is a double here

inline operator_rows cast_rows() { return {{"Cast", {"to", "saturate"}, cast}, {"CastLike", {"saturate"}, cast_like}}; }

} // namespace inlay::onnx::operators
