#include "recognize/follower.hpp"

#include "inlay/math/arithmetic.hpp"

#include <cmath>

namespace inlay::onnx {

bool follower::take_scale(const node& of, std::vector<step>& into) {
  const tensor& x = value(current);
  std::vector<double> scale(x.size(), 1), shift(x.size(), 0);
  if (of.domain.empty() && of.op == "BatchNormalization") {
    if (of.inputs[0] != current || x.rank() < 2)
      return false;
    for (std::size_t i = 1; i < 5; ++i)
      if (varies[of.inputs[i]])
        fail(of, "constant statistics", "some that depend on the input");
      else
        parameters(of, of.inputs[i]);
    const auto channels = static_cast<std::size_t>(x.shape[1]),
               inner = x.size() / static_cast<std::size_t>(x.shape[0]) / channels;
    for (std::size_t at = 0; at < x.size(); ++at) {
      const std::size_t c = at / inner % channels;
      scale[at] = value(of.inputs[1]).values[c] / std::sqrt(value(of.inputs[4]).values[c] + of.number("epsilon", 1e-5));
      shift[at] = value(of.inputs[2]).values[c] - value(of.inputs[3]).values[c] * scale[at];
    }
  } else if (of.domain == "ai.onnx.ml" && of.op == "Scaler") {
    const auto &offsets = of.attributes.at("offset").numbers, &scales = of.attributes.at("scale").numbers;
    const auto last = static_cast<std::size_t>(x.shape.empty() ? 1 : x.shape.back());
    for (std::size_t at = 0; at < x.size(); ++at) {
      scale[at] = scales[scales.size() == 1 ? 0 : at % last];
      shift[at] = -offsets[offsets.size() == 1 ? 0 : at % last] * scale[at];
    }
  } else if (of.domain.empty() && (of.op == "Add" || of.op == "Sub" || of.op == "Mul" || of.op == "Div") &&
             of.inputs.size() == 2) {
    const bool left = of.inputs[0] == current;
    const std::string& other = of.inputs[left ? 1 : 0];
    if (varies[other] || (of.op == "Div" && !left))
      return false;
    if (value(of.outputs[0]).size() != x.size())
      fail(of, "a constant that broadcasts to " + text_of(x.shape), text_of(value(other).shape));
    const tensor c = broadcast(of, other);
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
  } else {
    return false;
  }
  add_scale(of, into, scale, shift);
  move_on(of);
  return true;
}

void follower::add_scale(const node& of, std::vector<step>& into, const std::vector<double>& scale,
                         const std::vector<double>& shift) {
  step one{step::kind::scale, of.title()};
  one.scale.resize(features), one.shift.resize(features);
  std::vector<bool> known(features, false);
  for (std::size_t at = 0; at < where.size(); ++at) {
    const std::size_t f = where[at] % features;
    if (!known[f])
      known[f] = true, one.scale[f] = scale[at], one.shift[f] = shift[at];
    if (!math::is_finite(scale[at]) || !math::is_finite(shift[at]))
      fail(of, "finite constants", "others");
    if (one.scale[f] != scale[at] || one.shift[f] != shift[at])
      fail(of, "constants that are the same for all samples", "some of their own for each");
  }
  into.push_back(std::move(one));
}

} // namespace inlay::onnx
