#pragma once

#include "interpreter/windows.hpp"
#include "recognize/follower.hpp"

#include "inlay/layer/conv_options.hpp"

namespace inlay::onnx {

/// The windows of a convolution or a pool in inlay's words, over <channels, length> or <channels, height, width>.
struct layer_windows {
  std::vector<std::size_t> input;
  sizes kernel = 1, stride = 1, dilation = 1, outputs = 1;
  padding_sizes padding = 0;

  bool image() const { return input.size() == 3; }
  std::vector<std::size_t> output(std::size_t channels) const;
};

/// Of two axes of which one is of length 1 the other is meant, as Keras' Conv1D is exported, unless samples are images.
layer_windows windows_of(const follower& here, const node& of, const windows& found);

/// A transpose where channels are last. Throws io::error for another order.
void put_channels_first(follower& here, const node& of, const layer_windows& found, std::vector<step>& into);

/// Adds the step and moves on to what it gives, channels first.
void add_windows(follower& here, const node& of, const layer_windows& found, step one, std::vector<step>& into);

} // namespace inlay::onnx
