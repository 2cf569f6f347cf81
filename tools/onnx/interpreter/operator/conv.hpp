#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>

namespace inlay::onnx::operators {

inline tensor convolution(const computation& c) {
  // Along one axis; of two, where one of the input, the kernel and the output is 1, as Keras' Conv1D is
  // exported.
  const tensor &x = c.input(0), &w = c.input(1);
  if (x.rank() < 3 || x.rank() > 4 || w.rank() != x.rank())
    c.fail("a convolution along one axis", text_of(x.shape) + " and " + text_of(w.shape));
  const bool flat = x.rank() == 3;
  const std::string pad = c.of.text("auto_pad", "NOTSET");
  const auto option = [&](const char* name, std::size_t i, std::int64_t otherwise) {
    const auto list = c.of.list(name);
    return i < list.size() ? list[i] : otherwise;
  };
  const std::size_t axes = flat ? 1 : 2;
  std::int64_t extent[2]{1, 1}, kernel[2]{1, 1}, stride[2]{1, 1}, dilation[2]{1, 1}, before[2]{},
      result_extent[2]{1, 1};
  for (std::size_t d = 0; d < axes; ++d) {
    extent[d] = x.shape[2 + d], kernel[d] = w.shape[2 + d];
    stride[d] = option("strides", d, 1), dilation[d] = option("dilations", d, 1), before[d] = option("pads", d, 0);
    std::int64_t after = option("pads", axes + d, 0);
    if (stride[d] < 1 || dilation[d] < 1 || kernel[d] < 1 || stride[d] > 1 << 20 || dilation[d] > 1 << 20 ||
        std::abs(before[d]) > 1 << 20 || std::abs(after) > 1 << 20 || before[d] < 0 || after < 0)
      c.fail("strides and dilations from 1, pads from 0", "others");
    const std::int64_t reach = (kernel[d] - 1) * dilation[d] + 1;
    if (pad != "NOTSET" && pad != "VALID") {
      const std::int64_t out = (extent[d] + stride[d] - 1) / stride[d],
                         missing = std::max<std::int64_t>(0, (out - 1) * stride[d] + reach - extent[d]);
      before[d] = pad == "SAME_LOWER" ? missing - missing / 2 : missing / 2, after = missing - before[d];
    }
    if (extent[d] + before[d] + after < reach)
      c.fail("an input at least as long as the kernel", text_of(x.shape) + " and " + text_of(w.shape));
    result_extent[d] = (extent[d] + before[d] + after - reach) / stride[d] + 1;
  }
  const auto groups = whole(c.of.number("group", 1));
  const std::int64_t samples = x.shape[0], channels = x.shape[1], outputs = w.shape[0], each = w.shape[1];
  if (groups < 1 || outputs % groups || each * groups != channels)
    c.fail("channels that fit the weights", text_of(x.shape) + " and " + text_of(w.shape));
  if (c.has(2) && c.input(2).size() != static_cast<std::size_t>(outputs))
    c.fail(std::to_string(outputs) + " biases", text_of(c.input(2).shape));
  shape_t shape{samples, outputs, result_extent[0]};
  if (!flat)
    shape.push_back(result_extent[1]);
  tensor result = c.make(shape);
  std::size_t at = 0;
  for (std::int64_t n = 0; n < samples; ++n)
    for (std::int64_t o = 0; o < outputs; ++o)
      for (std::int64_t p = 0; p < result_extent[0]; ++p)
        for (std::int64_t q = 0; q < result_extent[1]; ++q, ++at) {
          double sum = c.has(2) ? c.input(2).values[static_cast<std::size_t>(o)] : 0;
          for (std::int64_t c = 0; c < each; ++c)
            for (std::int64_t k = 0; k < kernel[0]; ++k)
              for (std::int64_t l = 0; l < kernel[1]; ++l) {
                const auto i = p * stride[0] + k * dilation[0] - before[0],
                           j = q * stride[1] + l * dilation[1] - before[1];
                if (i < 0 || j < 0 || i >= extent[0] || j >= extent[1])
                  continue;
                const auto channel = o / (outputs / groups) * each + c;
                sum += w.values[static_cast<std::size_t>(((o * each + c) * kernel[0] + k) * kernel[1] + l)] *
                       x.values[static_cast<std::size_t>(((n * channels + channel) * extent[0] + i) * extent[1] + j)];
              }
          result.values[at] = sum;
        }
  return result;
}

inline operator_rows conv_rows() {
  return {{"Conv", {"auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"}, convolution}};
}

} // namespace inlay::onnx::operators
