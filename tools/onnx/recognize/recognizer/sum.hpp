#pragma once

#include "recognize/join.hpp"

namespace inlay::onnx::recognizers {

/// Of branches: x + F(x), x - F(x), F(x) + G(x).
inline void join_sum(follower& here, meeting& at) {
  const node& of = at.of;
  for (arm& one : at.arms) {
    double factor = 0;
    for (std::size_t i = 0; i < of.inputs.size(); ++i)
      if (of.inputs[i] == one.tensor)
        factor += of.op == "Sub" && i == 1 ? -1 : (of.op == "Mean" ? 1 / static_cast<double>(of.inputs.size()) : 1);
    enter_arm(here, one);
    spread(here, of);
    if (factor != 1)
      add_scale(here, of, one.steps, std::vector(here.where.size(), factor), std::vector(here.where.size(), 0.0));
    close_arm(here, of, one);
  }
  add_join(here, at, "add");
  for (const auto& name : of.inputs) // of a Sum or Mean
    if (!here.varies(name)) {
      std::vector<double> shift = here.broadcast(of, name).values;
      for (double& value : shift)
        value /= of.op == "Mean" ? static_cast<double>(of.inputs.size()) : 1;
      add_scale(here, of, at.into, std::vector(here.where.size(), 1.0), shift);
    }
}

inline recognizer_rows sum_rows() {
  return {{"Add", nullptr, join_sum}, {"Sub", nullptr, join_sum}, {"Sum", nullptr, join_sum}, {"Mean", nullptr, join_sum}};
}

} // namespace inlay::onnx::recognizers
