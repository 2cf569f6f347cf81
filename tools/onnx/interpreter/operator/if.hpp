#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

/// Those that could be resolved are gone, see conditions.hpp.
inline tensor conditional(const computation& c) {
  c.fail("a condition that is the same for every input", "one that depends on it, or on a shape that is not fixed");
}

inline operator_rows if_rows() { return {{"If", {}, conditional, computed_by::tensor, 100}}; }

} // namespace inlay::onnx::operators
