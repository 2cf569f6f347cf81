#pragma once

#include "architecture/activation.hpp"

#include <string>
#include <vector>

namespace inlay::audio {

struct wavenet_layer {
  std::size_t kernel, dilation;
  nam_activation first, second{};
  bool is_gated = false;
};

/// One array of layers.
struct wavenet_array {
  std::string part; ///< for errors
  std::size_t channels, bottleneck;
  std::size_t groups = 1, mix_groups = 1, out_groups = 1, head1x1_groups = 1, head1x1_outputs = 0;
  bool out = true, head1x1 = false; ///< 1x1 maps of what a layer activates: to the signal, to the head
  std::size_t head_outputs = 0, head_kernel = 1, head_dilation = 1;
  bool head_bias = false;
  std::vector<wavenet_layer> layers{};

  std::size_t head_inputs() const { return head1x1 ? head1x1_outputs : bottleneck; }
};

struct wavenet_config {
  std::size_t inputs = 1;
  std::vector<wavenet_array> arrays{};
  std::vector<std::size_t> head_kernels{}; ///< of the head behind the arrays; none: there is no such head
  std::size_t head_channels = 0, head_outputs = 0;
  nam_activation head_activation{};
};

} // namespace inlay::audio
