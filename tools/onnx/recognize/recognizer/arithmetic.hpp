#pragma once

#include "recognize/recognizer_row.hpp"
#include "recognize/scale.hpp"

namespace inlay::onnx::recognizers {

/// With a constant.
inline bool take_arithmetic(follower& here, const way& on) {
  const node& of = *on.next[0];
  const tensor& x = here.value(here.current);
  if (of.inputs.size() != 2)
    return false;
  std::vector<double> scale(x.size(), 1), shift(x.size(), 0);
  const bool left = of.inputs[0] == here.current;
  const std::string& other = of.inputs[left ? 1 : 0];
  if (here.varies(other) || (of.op == "Div" && !left))
    return false;
  if (here.value(of.outputs[0]).size() != x.size())
    here.fail(of, "a constant that broadcasts to " + text_of(x.shape), text_of(here.value(other).shape));
  const tensor c = here.broadcast(of, other);
  for (std::size_t at = 0; at < x.size(); ++at) {
    if (of.op == "Add")
      shift[at] = c.values[at];
    if (of.op == "Sub")
      shift[at] = left ? -c.values[at] : c.values[at], scale[at] = left ? 1 : -1;
    if (of.op == "Mul")
      scale[at] = c.values[at];
    if (of.op == "Div")
      scale[at] = 1 / c.values[at];
  }
  add_scale(here, of, on.into, scale, shift);
  here.move_on(of);
  return true;
}

inline recognizer_rows arithmetic_rows() {
  return {{"Add", take_arithmetic}, {"Sub", take_arithmetic}, {"Mul", take_arithmetic}, {"Div", take_arithmetic}};
}

} // namespace inlay::onnx::recognizers
