#pragma once

#include "recognize/layers.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/scale.hpp"

#include <cmath>

namespace inlay::onnx::recognizers {

inline bool take_batch_normalization(follower& here, const way& on) {
  const node& of = *on.next[0];
  const tensor& x = here.value(here.current);
  std::vector<double> scale(x.size(), 1), shift(x.size(), 0);
  if (of.inputs[0] != here.current || x.rank() < 2)
    return false;
  for (std::size_t i = 1; i < 5; ++i)
    if (here.varies(of.inputs[i]))
      here.fail(of, "constant statistics", "some that depend on the input");
    else
      here.parameters(of, of.inputs[i]);
  const auto channels = static_cast<std::size_t>(x.shape[1]),
             inner = x.size() / static_cast<std::size_t>(x.shape[0]) / channels;
  for (std::size_t at = 0; at < x.size(); ++at) {
    const std::size_t c = at / inner % channels;
    scale[at] =
        here.value(of.inputs[1]).values[c] / std::sqrt(here.value(of.inputs[4]).values[c] + of.number("epsilon", 1e-5));
    shift[at] = here.value(of.inputs[2]).values[c] - here.value(of.inputs[3]).values[c] * scale[at];
  }
  add_scale(here, of, on.into, scale, shift);
  std::vector<std::vector<double>> tensors;
  for (std::size_t i = 1; i < 5; ++i)
    tensors.push_back(here.value(of.inputs[i]).values);
  on.into.back().layer = make_batch_norm(std::move(tensors), of.number("epsilon", 1e-5));
  here.move_on(of);
  return true;
}

inline recognizer_rows batch_normalization_rows() { return {{"BatchNormalization", take_batch_normalization}}; }

} // namespace inlay::onnx::recognizers
