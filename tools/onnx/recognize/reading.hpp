#pragma once

#include "file/graph.hpp"

#include <algorithm>
#include <cstddef>

namespace inlay::onnx {

/// How the inputs of a model are read.
struct reading {
  enum class axis {
    first,
    second,
    last,
    none,
  } batch = axis::first;  ///< along which axis the samples are
  bool over_time = false; ///< the first of the other axes of the only input is that of steps
  bool over_positions = false; ///< a dense layer along another axis than that of all features is a convolution of kernel 1

  /// The axis of the batch; of none more than there are.
  std::size_t batch_axis(std::size_t rank) const {
    return batch == axis::first ? 0 : (batch == axis::second ? 1 : (batch == axis::last ? rank - 1 : rank));
  }
};

/// The axis of the samples of the model's input k. Where that is the first, another of several inputs may be states as PyTorch has
/// them, [layers, batch, units]: the first axis that is as long as that of the others, or at least of one, or open.
inline std::size_t batch_axis(const graph& model, std::size_t k, const reading& as) {
  const auto& shape = model.inputs[k].shape;
  if (as.batch != reading::axis::first || model.inputs.size() == 1 || shape.size() < 3)
    return as.batch_axis(shape.size());
  std::int64_t samples = shape[0]; // an open extent is less than any other
  for (const port& other : model.inputs)
    if (other.shape.size() > 1)
      samples = std::min(samples, other.shape[0]);
  for (const std::int64_t wanted : {samples, std::int64_t{1}, std::int64_t{-1}})
    for (std::size_t d = 0; d + 1 < shape.size(); ++d)
      if (shape[d] == wanted)
        return d;
  return 0;
}

} // namespace inlay::onnx
