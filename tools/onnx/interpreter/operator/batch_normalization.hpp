#pragma once

#include "interpreter/operator_row.hpp"

#include <cmath>

namespace inlay::onnx::operators {

inline tensor batch_normalization(const computation& c) {
  if (c.of.number("training_mode", 0) != 0)
    c.fail("BatchNormalization for inference", "training_mode");
  if (c.model.opset < 7 && c.of.number("is_test", 0) == 0)
    c.fail("BatchNormalization for inference", "is_test 0");
  if (c.of.number("spatial", 1) == 0)
    c.fail("BatchNormalization of channels", "spatial 0");
  const tensor& x = c.input(0);
  if (x.rank() < 2)
    c.fail("an input of rank 2 or more", text_of(x.shape));
  const auto channels = static_cast<std::size_t>(x.shape[1]);
  for (std::size_t i = 1; i < 5; ++i)
    if (c.input(i).size() != channels)
      c.fail(std::to_string(channels) + " values for the channels", text_of(c.input(i).shape));
  std::size_t inner = 1;
  for (std::size_t d = 2; d < x.shape.size(); ++d)
    inner *= static_cast<std::size_t>(x.shape[d]);
  tensor result = x;
  for (std::size_t at = 0; at < x.size(); ++at) {
    const std::size_t channel = at / inner % channels;
    result.values[at] = (x.values[at] - c.input(3).values[channel]) /
                            std::sqrt(c.input(4).values[channel] + c.of.number("epsilon", 1e-5)) *
                            c.input(1).values[channel] +
                        c.input(2).values[channel];
  }
  return result;
}

inline operator_rows batch_normalization_rows() {
  return {{"BatchNormalization", {"epsilon", "momentum", "training_mode", "spatial", "is_test"}, batch_normalization}};
}

} // namespace inlay::onnx::operators
