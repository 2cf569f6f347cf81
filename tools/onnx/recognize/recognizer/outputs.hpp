#pragma once

#include "recognize/join.hpp"

namespace inlay::onnx::recognizers {

/// The outputs of the model, where there are several.
inline void join_outputs(follower& here, meeting& at) {
  for (arm& one : at.arms) {
    enter_arm(here, one);
    close_arm(here, at.of, one);
    for (follower::end& output : here.outputs)
      if (output.tensor == one.tensor)
        output.where = one.at.where, output.features = one.at.features;
  }
  add_join(here, at, "");
}

inline recognizer_rows outputs_rows() { return {{"Outputs", nullptr, join_outputs}}; }

} // namespace inlay::onnx::recognizers
