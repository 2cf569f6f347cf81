#pragma once

#include "interpreter/windows.hpp"
#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/sequence.hpp"
#include "recognize/windows.hpp"

#include <numeric>

namespace inlay::onnx::recognizers {

/// Along the steps of a sequence, if it goes along them. Throws io::error if it sees others than those before.
inline bool add_causal_convolution(follower& here, const node& of, std::vector<step>& into, const tensor& x, const tensor& w) {
  constexpr sequence_axes axes{0, 2, 1};
  if (x.rank() != 3 || features_of_step(here, axes).empty() || !put_in_order(here, of.title(), into))
    return false;
  const std::vector<const tensor*> inputs{&x, &w};
  const auto along = windows({here.model, of, inputs}, x, {w.shape.begin() + 2, w.shape.end()}).axes[0];
  const auto order = features_of_step(here, axes);
  if (!std::is_sorted(order.begin(), order.end()) || along.stride != 1 || along.after != 0 ||
      along.before != along.dilation * (along.kernel - 1))
    here.fail(of, "a convolution along the steps that is causal: stride 1, pads [dilation (kernel - 1), 0]",
              "stride " + std::to_string(along.stride) + ", pads " + text_of({along.before, along.after}) + ", dilation " +
                  std::to_string(along.dilation) + ", kernel " + std::to_string(along.kernel));
  const bool biased = of.inputs.size() > 2 && !of.inputs[2].empty();
  const auto outputs = static_cast<std::size_t>(w.shape[0]);
  step one{step::kind::linear, of.title()};
  one.layer = make_causal_convolution(here.features, static_cast<std::size_t>(along.kernel), static_cast<std::size_t>(along.dilation),
                                      static_cast<std::size_t>(of.number("group", 1)), w.values,
                                      biased ? here.parameters(of, of.inputs[2]).values : std::vector<double>(outputs, 0));
  into.push_back(std::move(one));
  here.features = outputs;
  here.where = places_of_steps(here.value(of.outputs[0]).shape, axes);
  here.move_on(of);
  return true;
}

/// Of one position, as behind a global pool, it is a dense layer.
inline bool add_dense_convolution(follower& here, const node& of, std::vector<step>& into, const tensor& x, const tensor& w) {
  const tensor& y = here.value(of.outputs[0]);
  if (x.rank() < 3 || x.size() != here.samples * static_cast<std::size_t>(x.shape[1]) || w.size() != static_cast<std::size_t>(w.shape[0] * w.shape[1]) ||
      y.size() != here.samples * static_cast<std::size_t>(w.shape[0]) || !put_in_order(here, of.title(), into))
    return false;
  const auto outputs = static_cast<std::size_t>(w.shape[0]), inputs = static_cast<std::size_t>(w.shape[1]);
  const std::size_t each = outputs / static_cast<std::size_t>(of.number("group", 1));
  std::vector<double> weights(outputs * here.features, 0);
  for (std::size_t n = 0; n < outputs; ++n)
    for (std::size_t k = 0; k < inputs; ++k)
      weights[n * here.features + n / each * inputs + k] = w.values[n * inputs + k];
  const bool biased = of.inputs.size() > 2 && !of.inputs[2].empty();
  step one{step::kind::linear, of.title()};
  one.layer = make_dense(here.features, std::move(weights),
                         biased ? here.parameters(of, of.inputs[2]).values : std::vector<double>(outputs, 0));
  into.push_back(std::move(one));
  here.where.resize(y.size()), here.features = outputs, here.image = false;
  std::iota(here.where.begin(), here.where.end(), std::size_t{0});
  here.move_on(of);
  return true;
}

inline bool take_convolution(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (of.inputs[0] != here.current || here.varies(of.inputs[1]) || (of.inputs.size() > 2 && here.varies(of.inputs[2])))
    here.fail(of, "constant weights", "weights that depend on the input");
  const tensor &x = here.value(here.current), &w = here.parameters(of, of.inputs[1]);
  if (add_causal_convolution(here, of, on.into, x, w) || add_dense_convolution(here, of, on.into, x, w))
    return true;
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
