#pragma once

#include "recognize/join.hpp"

namespace inlay::onnx::recognizers {

/// Of branches, element by element.
inline void join_product(follower& here, meeting& at) {
  for (arm& one : at.arms) {
    enter_arm(here, one);
    spread(here, at.of);
    close_arm(here, at.of, one);
  }
  add_join(here, at, "multiply");
}

inline recognizer_rows product_rows() { return {{"Mul", nullptr, join_product}}; }

} // namespace inlay::onnx::recognizers
