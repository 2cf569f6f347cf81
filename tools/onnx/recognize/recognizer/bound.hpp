#pragma once

#include "recognize/clamp.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/scale.hpp"

#include "inlay/io/detail/text.hpp"

#include <cmath>

namespace inlay::onnx::recognizers {

/// A bound of its own for each feature: max(x, c) = relu(x - c) + c, min(x, c) = c - relu(c - x).
inline bool take_bound(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (of.inputs.size() != 2 || of.inputs[0] == of.inputs[1])
    return false;
  const std::string& other = of.inputs[of.inputs[0] == here.current ? 1 : 0];
  if (here.varies(other) || here.value(of.outputs[0]).size() != here.value(here.current).size())
    return false;
  const tensor bounds = here.broadcast(of, other);
  const double sign = of.op == "Max" ? 1 : -1;
  std::vector<double> shift;
  for (const double bound : bounds.values) {
    if (std::abs(bound) > largest_shift)
      here.fail(of,
                "bounds up to " + io::detail::text_of(largest_shift) +
                    ", as relu with a shift loses the digits of what is near zero",
                io::detail::text_of(bound));
    shift.push_back(-sign * bound);
  }
  const std::vector<double> scale(shift.size(), sign);
  add_scale(here, of, on.into, scale, shift);
  step one{step::kind::activation, of.title()};
  one.layer.activation.name = "relu";
  on.into.push_back(std::move(one));
  add_scale(here, of, on.into, scale, bounds.values);
  here.move_on(of);
  return true;
}

inline recognizer_rows bound_rows() { return {{"Max", take_bound}, {"Min", take_bound}}; }

} // namespace inlay::onnx::recognizers
