#pragma once

#include "recognize/recognizer_row.hpp"
#include "recognize/scale.hpp"

namespace inlay::onnx::recognizers {

inline bool take_scaler(follower& here, const way& on) {
  const node& of = *on.next[0];
  const tensor& x = here.value(here.current);
  std::vector<double> scale(x.size(), 1), shift(x.size(), 0);
  const auto &offsets = of.attributes.at("offset").numbers, &scales = of.attributes.at("scale").numbers;
  const auto last = static_cast<std::size_t>(x.shape.empty() ? 1 : x.shape.back());
  for (std::size_t at = 0; at < x.size(); ++at) {
    scale[at] = scales[scales.size() == 1 ? 0 : at % last];
    shift[at] = -offsets[offsets.size() == 1 ? 0 : at % last] * scale[at];
  }
  add_scale(here, of, on.into, scale, shift);
  here.move_on(of);
  return true;
}

inline recognizer_rows scaler_rows() { return {{"ai.onnx.ml.Scaler", take_scaler}}; }

} // namespace inlay::onnx::recognizers
