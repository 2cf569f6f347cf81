#pragma once

#include "interpreter/computation.hpp"

namespace inlay::onnx {

/// The windows of a Conv, MaxPool or AveragePool, worked out along one axis, or two.
struct windows {
  struct axis {
    std::int64_t extent = 1, kernel = 1, stride = 1, dilation = 1, before = 0, after = 0, outputs = 1;

    std::int64_t reach() const { return (kernel - 1) * dilation + 1; }
  };
  std::vector<axis> axes; ///< of the last extents of x

  /// Of an x of rank 3 or 4. Throws io::error.
  windows(const computation& c, const tensor& x, const shape_t& kernel);

  /// <samples, channels, outputs...>
  shape_t shape(std::int64_t samples, std::int64_t channels) const;

  /// Calls f(place in a channel of x, tap) for what is in x of the window whose outputs these are, in row-major order.
  template <class F>
  void for_each(std::int64_t window, F f) const {
    const axis one, &h = axes.size() == 2 ? axes[0] : one, &w = axes.back();
    const std::int64_t top = window / w.outputs * h.stride - h.before, left = window % w.outputs * w.stride - w.before;
    for (std::int64_t k = 0; k < h.kernel; ++k)
      for (std::int64_t l = 0; l < w.kernel; ++l) {
        const std::int64_t i = top + k * h.dilation, j = left + l * w.dilation;
        if (i >= 0 && j >= 0 && i < h.extent && j < w.extent)
          f(static_cast<std::size_t>(i * w.extent + j), static_cast<std::size_t>(k * w.kernel + l));
      }
  }
  std::int64_t count() const { return axes.size() == 2 ? axes[0].outputs * axes[1].outputs : axes[0].outputs; }
};

} // namespace inlay::onnx
