#include "interpreter/operators.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx {

tensor batch_normalization(const computation& c) {
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

tensor scaler(const computation& c) { // ai.onnx.ml: scikit-learn's StandardScaler
  const auto attribute_of = [&](const char* name) {
    const auto found = c.of.attributes.find(name);
    return found == c.of.attributes.end() ? std::vector<double>{} : found->second.numbers;
  };
  const auto offset = attribute_of("offset"), scale = attribute_of("scale");
  tensor result = c.input(0);
  const auto features = static_cast<std::size_t>(result.shape.empty() ? 1 : result.shape.back());
  for (const auto& list : {offset, scale})
    if (list.size() != 1 && list.size() != features)
      c.fail(std::to_string(features) + " offsets and scales", std::to_string(list.size()));
  for (std::size_t at = 0; at < result.size(); ++at) {
    const std::size_t f = at % features;
    result.values[at] = (result.values[at] - offset[offset.size() == 1 ? 0 : f]) * scale[scale.size() == 1 ? 0 : f];
  }
  return result;
}

tensor softmax(const computation& c) {
  // Before opset 13 the tensor is taken as a matrix, cut at the axis; from then on along the axis alone.
  const bool matrix = c.model.opset < 13;
  const tensor& x = c.input(0);
  const auto along =
      static_cast<std::size_t>(c.axis(c.of.number("axis", matrix ? 1 : -1), std::max<std::int64_t>(x.rank(), 1)));
  std::size_t inner = 1, length = x.shape.empty() ? 1 : static_cast<std::size_t>(x.shape[along]);
  for (std::size_t d = along + 1; d < x.shape.size(); ++d)
    (matrix ? length : inner) *= static_cast<std::size_t>(x.shape[d]);
  tensor result = x;
  for (std::size_t first = 0; length && first < x.size(); ++first) {
    if (first / inner % length)
      continue; // not the beginning of a group
    double most = -HUGE_VAL, sum = 0;
    for (std::size_t k = 0; k < length; ++k)
      most = std::max(most, x.values[first + k * inner]);
    for (std::size_t k = 0; k < length; ++k)
      sum += std::exp(x.values[first + k * inner] - most);
    for (std::size_t k = 0; k < length; ++k) {
      const double z = x.values[first + k * inner] - most;
      result.values[first + k * inner] = c.of.op == "Softmax" ? std::exp(z) / sum : z - std::log(sum);
    }
  }
  return result;
}

} // namespace inlay::onnx
