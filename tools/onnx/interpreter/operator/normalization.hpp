#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx::operators {

/// (x - mean) / sqrt(variance + epsilon) of each run of `count` numbers; without their mean taken away x / sqrt(mean of
/// squares).
inline tensor normal(const computation& c, std::size_t count, double epsilon, bool centred = true) {
  tensor x = c.input(0);
  if (count == 0 || x.size() % count)
    c.fail("numbers to normalise", text_of(x.shape));
  for (std::size_t first = 0; first < x.size(); first += count) {
    double mean = 0, square = 0;
    for (std::size_t i = first; centred && i < first + count; ++i)
      mean += x.values[i] / static_cast<double>(count);
    for (std::size_t i = first; i < first + count; ++i)
      square += (x.values[i] - mean) * (x.values[i] - mean) / static_cast<double>(count);
    for (std::size_t i = first; i < first + count; ++i)
      x.values[i] = (x.values[i] - mean) / std::sqrt(square + epsilon);
  }
  return x;
}

inline std::size_t behind_axis(const computation& c) {
  const tensor& x = c.input(0);
  std::size_t count = 1;
  for (auto d = c.axis(c.of.number("axis", -1), x.rank()); d < x.rank(); ++d)
    count *= static_cast<std::size_t>(x.shape[static_cast<std::size_t>(d)]);
  return count;
}

/// scale x + bias, the axes being the last ones.
inline tensor scaled(const computation& c, tensor x) {
  shape_t index(x.shape.size(), 0);
  for (std::size_t i = 1; i < 3; ++i)
    if (c.has(i) && c.broadcast(x.shape, c.input(i).shape) != x.shape)
      c.fail("a scale and a bias that broadcast to " + text_of(x.shape), text_of(c.input(i).shape));
  for (double& value : x.values) {
    value *= c.has(1) ? c.input(1).values[place(index, c.input(1).shape)] : 1;
    value += c.has(2) ? c.input(2).values[place(index, c.input(2).shape)] : 0;
    advance(index, x.shape);
  }
  return x;
}

inline tensor layer_normalization(const computation& c) {
  return scaled(c, normal(c, behind_axis(c), c.of.number("epsilon", 1e-5)));
}
inline tensor rms_normalization(const computation& c) {
  return scaled(c, normal(c, behind_axis(c), c.of.number("epsilon", 1e-5), false));
}

/// Of groups of channels; each channel, or each group as until opset 20, has a scale and a bias.
inline tensor of_groups(const computation& c, std::size_t groups) {
  const tensor& x = c.input(0);
  if (x.rank() < 2 || x.size() == 0 || groups == 0 || static_cast<std::size_t>(x.shape[1]) % groups)
    c.fail("channels in groups", text_of(x.shape));
  const auto samples = static_cast<std::size_t>(x.shape[0]), channels = static_cast<std::size_t>(x.shape[1]);
  const std::size_t positions = x.size() / samples / channels, given = c.input(1).size();
  if (given == 0 || channels % given || c.input(2).size() != given)
    c.fail("a scale and a bias for each channel", text_of(c.input(1).shape) + " and " + text_of(c.input(2).shape));
  tensor y = normal(c, channels / groups * positions, c.of.number("epsilon", 1e-5));
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::size_t at = i / positions % channels / (channels / given);
    y.values[i] = c.input(1).values[at] * y.values[i] + c.input(2).values[at];
  }
  return y;
}
inline tensor group_normalization(const computation& c) {
  return of_groups(c, static_cast<std::size_t>(std::max(whole(c.of.number("num_groups", 0)), std::int64_t{0})));
}
inline tensor instance_normalization(const computation& c) {
  return of_groups(c, c.input(0).rank() < 2 ? 0 : static_cast<std::size_t>(c.input(0).shape[1]));
}

inline operator_rows normalization_rows() {
  return {{"LayerNormalization", {"axis", "epsilon", "stash_type"}, layer_normalization},
          {"RMSNormalization", {"axis", "epsilon", "stash_type"}, rms_normalization},
          {"GroupNormalization", {"epsilon", "num_groups", "stash_type"}, group_normalization},
          {"InstanceNormalization", {"epsilon"}, instance_normalization}};
}

} // namespace inlay::onnx::operators
