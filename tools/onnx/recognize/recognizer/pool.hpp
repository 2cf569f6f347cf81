#pragma once

#include "interpreter/windows.hpp"
#include "recognize/layers.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/windows.hpp"

#include <algorithm>
#include <numeric>

namespace inlay::onnx::recognizers {

inline bool take_pool(follower& here, const way& on) {
  const node& of = *on.next[0];
  const tensor& x = here.value(here.current);
  const std::vector<const tensor*> inputs{&x};
  const windows all({here.model, of, inputs}, x, of.list("kernel_shape"));
  const layer_windows found = windows_of(here, of, all);
  const bool largest = of.op == "MaxPool", ceil = of.number("ceil_mode", 0) != 0, counted = of.number("count_include_pad", 0) != 0;
  if (!largest && found.dilation != sizes(1))
    here.fail(of, "a dilation of 1 in an average", text_of(of.list("dilations")));
  const auto at_most_half = [](sizes zeros, sizes kernel) { return 2 * zeros.h <= kernel.h && 2 * zeros.w <= kernel.w; };
  if (!at_most_half(found.padding.before, found.kernel) || !at_most_half(found.padding.after, found.kernel))
    here.fail(of, "a padding of at most half the kernel", "pads " + text_of(of.list("pads")));
  put_channels_first(here, of, found, on.into);
  step one{step::kind::layer, of.title()};
  one.layer = make_pool(largest, found.input, found.output(found.input[0]), found.kernel,
                        {.stride = found.stride,
                         .padding = found.padding,
                         .dilation = found.dilation,
                         .count_include_pad = largest || counted || found.padding == padding_sizes(0),
                         .ceil_mode = ceil});
  add_windows(here, of, found, std::move(one), on.into);
  return true;
}

/// Of each channel one number, of whatever rank.
inline void take_whole_channels(follower& here, const way& on, bool largest) {
  const node& of = *on.next[0];
  const tensor& x = here.value(here.current);
  layer_windows found;
  for (std::size_t d = 1; d < x.shape.size(); ++d)
    found.input.push_back(static_cast<std::size_t>(x.shape[d]));
  if (x.rank() == 4 && !here.image && (x.shape[2] == 1 || x.shape[3] == 1)) // a sequence, see windows_of()
    found.input = {found.input[0], found.input[1] * found.input[2]};
  put_channels_first(here, of, found, on.into);
  step one{step::kind::layer, of.title()};
  one.layer = make_global_pool(largest, found.input);
  add_windows(here, of, found, std::move(one), on.into);
  here.image = false;
}
inline bool take_global_pool(follower& here, const way& on) {
  const std::int64_t rank = here.value(here.current).rank();
  if (rank < 3 || rank > 4)
    here.fail(*on.next[0], "channels of one dimension or two", text_of(here.value(here.current).shape));
  take_whole_channels(here, on, on.next[0]->op == "GlobalMaxPool");
  return true;
}

/// Whether an image has its channels last here, as Keras' GlobalAveragePooling2D finds them: [batch, height, width, channels] of what
/// the layers so far give as <channels, height, width>.
inline bool is_channels_last(const follower& here) {
  const auto& shape = here.value(here.current).shape;
  if (!here.image || shape.size() != 4 || here.where.size() != here.samples * here.features)
    return false;
  const auto channels = static_cast<std::size_t>(shape[3]), positions = here.features / channels;
  for (std::size_t at = 0; at < here.where.size(); ++at)
    if (here.where[at] != at / here.features * here.features + at % channels * positions + at / channels % positions)
      return false;
  return true;
}
/// Of each channel one number.
inline void take_whole_channels_last(follower& here, const way& on, bool largest) {
  const node& of = *on.next[0];
  const auto& shape = here.value(here.current).shape;
  const auto extent = [&](std::size_t d) { return static_cast<std::size_t>(shape[d]); };
  layer_windows found;
  found.input = {extent(3), extent(1), extent(2)};
  step one{step::kind::layer, of.title()};
  one.layer = make_global_pool(largest, found.input);
  add_windows(here, of, found, std::move(one), on.into);
  here.image = false;
}

/// x.mean((2, 3)) and x.amax((2, 3)), the same.
inline bool take_reduction(follower& here, const way& on) {
  const node& of = *on.next[0];
  const std::int64_t rank = here.value(here.current).rank();
  if (of.inputs[0] != here.current || (of.inputs.size() > 1 && here.varies(of.inputs[1])) || rank < 3 || rank > 4)
    return false;
  std::vector<const tensor*> inputs;
  for (const auto& name : of.inputs)
    inputs.push_back(name.empty() ? nullptr : &here.value(name));
  const auto axes = computation{here.model, of, inputs}.numbers("axes", 1);
  shape_t wanted(static_cast<std::size_t>(rank) - 2), found;
  std::iota(wanted.begin(), wanted.end(), 2);
  for (const std::int64_t axis : axes.value_or(shape_t()))
    found.push_back(axis < 0 ? axis + rank : axis);
  std::sort(found.begin(), found.end());
  if (found == shape_t{1, 2} && is_channels_last(here)) {
    take_whole_channels_last(here, on, of.op == "ReduceMax");
    return true;
  }
  if (found != wanted)
    return false;
  take_whole_channels(here, on, of.op == "ReduceMax");
  return true;
}

inline recognizer_rows pool_rows() {
  return {{"MaxPool", take_pool},
          {"AveragePool", take_pool},
          {"GlobalMaxPool", take_global_pool},
          {"GlobalAveragePool", take_global_pool},
          {"ReduceMean", take_reduction},
          {"ReduceMax", take_reduction}};
}

} // namespace inlay::onnx::recognizers
