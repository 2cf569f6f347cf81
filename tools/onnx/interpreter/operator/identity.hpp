#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

inline tensor identity(const computation& c) { return c.input(0); }

inline tensor dropout(const computation& c) {
  if (c.has(2) && c.input(2).values != std::vector<double>{0})
    c.fail("Dropout for inference", "training_mode");
  if (c.model.opset < 7 && c.of.number("is_test", 0) == 0)
    c.fail("Dropout for inference", "is_test 0");
  return c.input(0);
}

inline operator_rows identity_rows() {
  return {{"Identity", {}, identity, computed_by::element}, {"Dropout", {"ratio", "seed", "is_test"}, dropout}};
}

} // namespace inlay::onnx::operators
