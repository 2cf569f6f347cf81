#pragma once

#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/recognizer_row.hpp"

namespace inlay::onnx::recognizers {

/// A slope for each channel, or each feature of a flat tensor; one for all is leaky_relu.
inline bool take_prelu(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (of.inputs.size() != 2 || of.inputs[0] != here.current || here.varies(of.inputs[1]))
    here.fail(of, "constant slopes", "slopes that depend on the input");
  if (!put_in_order(here, of.title(), on.into))
    here.fail(of, "the features of a sample in their order, or transposed", "a permutation of them");
  const tensor slopes = here.broadcast(of, of.inputs[1]);
  const std::size_t count = here.value(of.inputs[1]).size();
  if (count == 0 || here.features % count)
    here.fail(of, "a slope for each channel", text_of(here.value(of.inputs[1]).shape));
  std::vector<std::optional<double>> of_channels(count);
  for (std::size_t at = 0; at < slopes.size(); ++at) {
    auto& slope = of_channels[here.where[at] % here.features / (here.features / count)];
    if (slope.value_or(slopes.values[at]) != slopes.values[at])
      here.fail(of, "a slope for each channel", text_of(here.value(of.inputs[1]).shape));
    slope = slopes.values[at];
  }
  std::vector<double> values;
  for (const auto& slope : of_channels)
    values.push_back(slope.value_or(0));
  step one{step::kind::layer, of.title()};
  one.layer = make_prelu(std::move(values));
  on.into.push_back(std::move(one));
  here.move_on(of);
  return true;
}

inline recognizer_rows prelu_rows() { return {{"PRelu", take_prelu}}; }

} // namespace inlay::onnx::recognizers
