#pragma once

#include "inlay/layer_indices.hpp"

#include <cstdint>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// What one step of an optimizer does besides: of train_step() and step().
struct step_options {
  double learning_rate = -1;      ///< of this step; below 0: the optimizer's own
  double clip_gradient_norm = -1; ///< the largest norm, see clip_gradient_norm(); below 0: any
  /// Layers, by index from 1, that stay as they are: no step, no weight decay, no change of their moments, and no part in the
  /// norm, like parameters of PyTorch's with requires_grad_(False). Powers of betas and the first step of a momentum are the
  /// optimizer's, not a layer's: a layer thawed later finds them as the others left them.
  layer_indices freeze{};
  std::int64_t seed = -1; ///< of a net with dropout, from 0 on, another for each step
};

} // namespace inlay
