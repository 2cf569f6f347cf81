#pragma once

#include "interpreter/operator_row.hpp"
#include "interpreter/windows.hpp"

#include <algorithm>
#include <limits>

namespace inlay::onnx::operators {

/// fold(window, where a channel begins in x) for each window of each channel.
template <class F>
tensor pool(const computation& c, const windows& of, const shape_t& shape, F fold) {
  const tensor& x = c.input(0);
  tensor result = c.make(shape);
  if (x.size() == 0)
    return result;
  const std::size_t channels = static_cast<std::size_t>(x.shape[0] * x.shape[1]), extent = x.size() / channels;
  std::size_t at = 0;
  for (std::size_t channel = 0; channel < channels; ++channel)
    for (std::int64_t p = 0; p < of.count(); ++p)
      result.values[at++] = fold(p, channel * extent);
  return result;
}

inline tensor largest(const computation& c, const windows& of, const shape_t& shape) {
  return pool(c, of, shape, [&](std::int64_t p, std::size_t channel) {
    double most = -std::numeric_limits<double>::infinity();
    of.for_each(p, [&](std::size_t place, std::size_t) { most = std::max(most, c.input(0).values[channel + place]); });
    return most;
  });
}

/// Of the numbers of a window those of the padding count, too, where that is asked for, those beyond it never.
inline tensor mean(const computation& c, const windows& of, const shape_t& shape, bool with_padding) {
  const auto counted = [&](std::int64_t p) {
    std::int64_t count = 1;
    for (std::size_t d = of.axes.size(); d-- > 0; p /= of.axes[d].outputs) {
      const auto& axis = of.axes[d];
      std::int64_t here = 0;
      for (std::int64_t k = 0; k < axis.kernel; ++k)
        here += p % axis.outputs * axis.stride + k * axis.dilation < axis.before + axis.extent + axis.after;
      count *= here;
    }
    return count;
  };
  return pool(c, of, shape, [&](std::int64_t p, std::size_t channel) {
    double sum = 0, inside = 0;
    of.for_each(p, [&](std::size_t place, std::size_t) { sum += c.input(0).values[channel + place], ++inside; });
    return sum / (with_padding ? static_cast<double>(counted(p)) : inside);
  });
}

inline windows whole_channels(const computation& c) {
  const tensor& x = c.input(0);
  return windows(c, x, x.rank() < 3 ? shape_t() : shape_t(x.shape.begin() + 2, x.shape.end()));
}

inline tensor max_pool(const computation& c) {
  const windows of(c, c.input(0), c.of.list("kernel_shape"));
  if (c.of.number("storage_order", 0) != 0 || c.of.outputs.size() > 1)
    c.fail("the largest numbers alone", "their places too");
  return largest(c, of, of.shape(c.input(0).shape[0], c.input(0).shape[1]));
}
inline tensor average_pool(const computation& c) {
  const windows of(c, c.input(0), c.of.list("kernel_shape"));
  return mean(c, of, of.shape(c.input(0).shape[0], c.input(0).shape[1]), c.of.number("count_include_pad", 0) != 0);
}
inline tensor global_max_pool(const computation& c) {
  const windows of = whole_channels(c);
  return largest(c, of, of.shape(c.input(0).shape[0], c.input(0).shape[1]));
}
inline tensor global_average_pool(const computation& c) {
  const windows of = whole_channels(c);
  return mean(c, of, of.shape(c.input(0).shape[0], c.input(0).shape[1]), false);
}

inline operator_rows pool_rows() {
  return {{"MaxPool", {"auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides"}, max_pool},
          {"AveragePool",
           {"auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides"},
           average_pool},
          {"GlobalMaxPool", {}, global_max_pool},
          {"GlobalAveragePool", {}, global_average_pool}};
}

} // namespace inlay::onnx::operators
