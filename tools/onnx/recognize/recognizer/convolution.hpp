#pragma once

#include "interpreter/windows.hpp"
#include "recognize/layers.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/windows.hpp"

namespace inlay::onnx::recognizers {

inline bool take_convolution(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (of.inputs[0] != here.current || here.varies(of.inputs[1]) || (of.inputs.size() > 2 && here.varies(of.inputs[2])))
    here.fail(of, "constant weights", "weights that depend on the input");
  const tensor &x = here.value(here.current), &w = here.parameters(of, of.inputs[1]);
  const std::vector<const tensor*> inputs{&x, &w};
  const layer_windows found = windows_of(here, of, windows({here.model, of, inputs}, x, {w.shape.begin() + 2, w.shape.end()}));
  put_channels_first(here, of, found, on.into);
  const bool biased = of.inputs.size() > 2 && !of.inputs[2].empty();
  const auto outputs = static_cast<std::size_t>(w.shape[0]);
  step one{step::kind::linear, of.title()};
  one.layer = make_convolution(found.input, found.output(outputs), found.kernel,
                               {.stride = found.stride,
                                .dilation = found.dilation,
                                .groups = static_cast<std::size_t>(of.number("group", 1)),
                                .padding = found.padding},
                               w.values, biased ? here.parameters(of, of.inputs[2]).values : std::vector<double>(outputs, 0));
  add_windows(here, of, found, std::move(one), on.into);
  return true;
}

inline recognizer_rows convolution_rows() { return {{"Conv", take_convolution}}; }

} // namespace inlay::onnx::recognizers
