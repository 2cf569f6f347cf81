#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// A tensor within a formula, row-major. Of what is computed of a sample the first axis is that of samples, 1.
struct formula_tensor {
  std::vector<std::size_t> shape;
  std::vector<double> values;

  /// Of axis `d` of `rank` axes, the last being the same: 1 where it has fewer.
  std::size_t extent(std::size_t d, std::size_t rank) const {
    return d + shape.size() < rank ? 1 : shape[d + shape.size() - rank];
  }
  /// The place of the element at `index`, broadcast.
  std::size_t place(const std::vector<std::size_t>& index) const {
    std::size_t at = 0;
    for (std::size_t d = index.size() - (std::min)(index.size(), shape.size()); d < index.size(); ++d) {
      const std::size_t own = extent(d, index.size());
      at = at * own + (own == 1 ? 0 : index[d]);
    }
    return at;
  }
};

/// To the next element, row-major.
inline void advance(std::vector<std::size_t>& index, const std::vector<std::size_t>& shape) {
  for (std::size_t d = index.size(); d-- > 0;) {
    if (++index[d] < shape[d])
      return;
    index[d] = 0;
  }
}

/// The shape that two broadcast to.
inline std::vector<std::size_t> broadcast(const formula_tensor& a, const formula_tensor& b) {
  std::vector<std::size_t> shape((std::max)(a.shape.size(), b.shape.size()));
  for (std::size_t d = 0; d < shape.size(); ++d) {
    const std::size_t one = a.extent(d, shape.size()), other = b.extent(d, shape.size());
    if (one != other && one != 1 && other != 1)
      throw error("memory", "formula", "tensors that broadcast", text_of(a.shape) + " and " + text_of(b.shape));
    shape[d] = one == 1 ? other : one;
  }
  return shape;
}

/// The windows of Conv, MaxPool and AveragePool over the last one or two axes of <1, channels, ...>.
struct formula_windows {
  std::size_t axes;
  std::vector<std::size_t> extents, kernel, stride, dilation, before, after, outputs{};

  /// A number of a window along an axis: its place in the input, and which of the kernel's it meets.
  struct tap {
    std::size_t place, number;
  };
  std::vector<std::vector<tap>> rows{}, columns{}; ///< of every window along an axis what of it is in the input; one row without it

  std::size_t count() const { return size_of(outputs); }
  /// Calls f(place in a channel, tap) for what of window `at` is in the input.
  template <class F>
  void for_each(std::size_t at, F f) const {
    for (const tap& row : rows[at / columns.size()])
      for (const tap& column : columns[at % columns.size()])
        f(row.place * extents.back() + column.place, row.number * kernel.back() + column.number);
  }
  void find_taps() {
    columns = along(axes - 1);
    if (axes == 2)
      rows = along(0);
    else
      rows = {{{0, 0}}};
  }
  /// The taps of a window that are in the input or its padding.
  std::size_t with_padding(std::size_t at) const {
    std::size_t taps = 1;
    for (std::size_t d = axes; d-- > 0; at /= outputs[d]) {
      const std::size_t first = at % outputs[d] * stride[d], end = before[d] + extents[d] + after[d];
      std::size_t here = 0;
      while (here < kernel[d] && first + here * dilation[d] < end)
        ++here;
      taps *= here;
    }
    return taps;
  }

private:
  std::vector<std::vector<tap>> along(std::size_t d) const {
    std::vector<std::vector<tap>> windows(outputs[d]);
    for (std::size_t w = 0; w < outputs[d]; ++w)
      for (std::size_t k = 0; k < kernel[d]; ++k)
        if (const std::size_t i = w * stride[d] + k * dilation[d]; i >= before[d] && i - before[d] < extents[d])
          windows[w].push_back({i - before[d], k});
    return windows;
  }
};

} // namespace inlay::io::detail
