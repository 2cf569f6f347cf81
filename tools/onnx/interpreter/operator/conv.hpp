#pragma once

#include "interpreter/operator_row.hpp"
#include "interpreter/windows.hpp"

namespace inlay::onnx::operators {

inline tensor convolution(const computation& c) {
  const tensor &x = c.input(0), &w = c.input(1);
  if (w.rank() != x.rank() || w.rank() < 3)
    c.fail("weights of the input's rank", text_of(x.shape) + " and " + text_of(w.shape));
  const windows of(c, x, {w.shape.begin() + 2, w.shape.end()});
  const auto groups = whole(c.of.number("group", 1));
  const std::int64_t samples = x.shape[0], channels = x.shape[1], outputs = w.shape[0], each = w.shape[1];
  if (groups < 1 || outputs % groups || each * groups != channels)
    c.fail("channels that fit the weights", text_of(x.shape) + " and " + text_of(w.shape));
  if (c.has(2) && c.input(2).size() != static_cast<std::size_t>(outputs))
    c.fail(std::to_string(outputs) + " biases", text_of(c.input(2).shape));
  tensor result = c.make(of.shape(samples, outputs));
  if (result.size() == 0)
    return result;
  const std::size_t extent = x.size() / static_cast<std::size_t>(samples * channels),
                    taps = w.size() / static_cast<std::size_t>(outputs * each);
  std::size_t at = 0;
  for (std::int64_t n = 0; n < samples; ++n)
    for (std::int64_t o = 0; o < outputs; ++o)
      for (std::int64_t p = 0; p < of.count(); ++p, ++at) {
        double sum = c.has(2) ? c.input(2).values[static_cast<std::size_t>(o)] : 0;
        for (std::int64_t i = 0; i < each; ++i) {
          const auto channel = static_cast<std::size_t>(n * channels + o / (outputs / groups) * each + i) * extent,
                     row = static_cast<std::size_t>(o * each + i) * taps;
          of.for_each(p, [&](std::size_t place, std::size_t tap) { sum += w.values[row + tap] * x.values[channel + place]; });
        }
        result.values[at] = sum;
      }
  return result;
}

inline operator_rows conv_rows() {
  return {{"Conv", {"auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"}, convolution}};
}

} // namespace inlay::onnx::operators
