#pragma once

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

  /// The axis of the batch; of none more than there are.
  std::size_t batch_axis(std::size_t rank) const {
    return batch == axis::first ? 0 : (batch == axis::second ? 1 : (batch == axis::last ? rank - 1 : rank));
  }
};

} // namespace inlay::onnx
