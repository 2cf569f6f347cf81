#include "recognize/fold.hpp"

#include "recognize/layers.hpp"
#include "recognize/order.hpp"

#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <algorithm>

namespace inlay::onnx {

namespace {

using io::detail::layer_description;

/// Whether the scale is the same at all positions of each channel, as a convolution needs it.
bool by_channel(const step& scale, std::size_t channels) {
  const std::size_t positions = scale.scale.size() / channels;
  for (std::size_t f = 0; f < scale.scale.size(); ++f) {
    const std::size_t first = f / positions * positions;
    if (scale.scale[f] != scale.scale[first] || scale.shift[f] != scale.shift[first])
      return false;
  }
  return true;
}

/// s (W x + b) + t = (s W) x + (s b + t)
bool fold_behind(layer_description& linear, const step& scale) {
  const std::size_t outputs = linear.biases().size(), inputs = linear.weights().size() / outputs;
  if (!by_channel(scale, outputs))
    return false;
  const std::size_t positions = scale.scale.size() / outputs;
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i < inputs; ++i)
      linear.weights()[o * inputs + i] *= scale.scale[o * positions];
    linear.biases()[o] = scale.scale[o * positions] * linear.biases()[o] + scale.shift[o * positions];
  }
  return true;
}

/// W (s x + t) + b = (W s) x + (b + W t)
bool fold_before(layer_description& linear, const step& scale) {
  const std::size_t outputs = linear.biases().size(), inputs = linear.weights().size() / outputs;
  const bool convolution = !linear.is_a("dense");
  const std::size_t features = convolution ? linear.input[0] : inputs;
  if (!by_channel(scale, features))
    return false;
  const auto padding = linear.list("padding"); // zeros that are not shifted
  if (std::any_of(padding.begin(), padding.end(), [](std::size_t zeros) { return zeros > 0; }) &&
      std::any_of(scale.shift.begin(), scale.shift.end(), [](double shift) { return shift != 0; }))
    return false;
  const std::size_t positions = scale.scale.size() / features;
  const std::size_t in = convolution ? linear.parameters[0].shape[1] : inputs, taps = inputs / in; // of a group
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t i = 0; i < inputs; ++i) {
      const std::size_t f = (o / (outputs / (features / in)) * in + i / taps) * positions;
      linear.biases()[o] += linear.weights()[o * inputs + i] * scale.shift[f];
      linear.weights()[o * inputs + i] *= scale.scale[f];
    }
  return true;
}

/// A dense layer that only scales, for a scale without a linear neighbour.
layer_description diagonal(const step& scale) {
  const std::size_t n = scale.scale.size();
  std::vector<double> weights(n * n, 0);
  for (std::size_t i = 0; i < n; ++i)
    weights[i * n + i] = scale.scale[i];
  return make_dense(n, std::move(weights), scale.shift);
}

void fold_scales(std::vector<step>& steps, const std::string& file) {
  using kind = step::kind;
  for (std::size_t i = 0; i < steps.size();) {
    if (steps[i].is != kind::scale) {
      ++i;
      continue;
    }
    const step scale = steps[i];
    const auto at = steps.begin() + static_cast<std::ptrdiff_t>(i);
    if (i > 0 && steps[i - 1].is == kind::linear && fold_behind(steps[i - 1].layer, scale)) {
      steps.erase(at);
    } else if (i + 1 < steps.size() && steps[i + 1].is == kind::linear && fold_before(steps[i + 1].layer, scale)) {
      steps.erase(at);
    } else if (i + 1 < steps.size() && steps[i + 1].is == kind::transpose) { // to the convolution behind it
      const auto& shape = steps[i + 1].layer.input;
      for (std::size_t f = 0; f < scale.scale.size(); ++f) {
        const std::size_t to = place_in_transpose(f, shape[0], shape[1]);
        steps[i].scale[to] = scale.scale[f], steps[i].shift[to] = scale.shift[f];
      }
      std::swap(steps[i], steps[i + 1]);
      ++i;
    } else if (i + 1 < steps.size() && steps[i + 1].is == kind::scale) { // two in a row are one
      step& next = steps[i + 1];
      for (std::size_t f = 0; f < scale.scale.size(); ++f) {
        next.shift[f] += next.scale[f] * scale.shift[f];
        next.scale[f] *= scale.scale[f];
      }
      steps.erase(at);
    } else if (scale.scale.size() <= 64) { // at the end of a policy, actions to their range: a few outputs
      steps[i] = {kind::linear, scale.node, diagonal(scale)};
    } else {
      throw io::error(file, scale.node, "a dense layer or a convolution before or behind it, into which the scaling is folded",
                      std::to_string(scale.scale.size()) + " features between activations");
    }
  }
}

} // namespace

std::vector<layer_description> fold(std::vector<step> steps, std::vector<std::size_t> shape, const std::string& file) {
  fold_scales(steps, file);
  std::vector<layer_description> layers;
  bool linear = false; // the last of them
  for (step& one : steps) {
    layer_description layer = std::move(one.layer);
    if (one.is == step::kind::activation) {
      const bool of_rows = layer.activation.name == "softmax" || layer.activation.name == "log_softmax";
      const bool joined =
          !layers.empty() && layers.back().activation.name == "identity" && linear &&
          (layers.back().is_a("dense") || !of_rows);
      if (joined) {
        layers.back().set_activation(layer.activation);
        continue;
      }
      layer = make_activation(layer.activation);
      layer.output = shape;
    } else if (one.is == step::kind::residual) {
      layer = make_residual(fold(std::move(one.inner), shape, file));
      layer.output = shape;
      if (layer.branches[1].empty() || layer.branches[1].back().output != shape)
        throw io::error(file, one.node, "a residual whose two ends have one shape, " + io::detail::text_of(shape),
                        layer.branches[1].empty() ? "nothing between them" : io::detail::text_of(layer.branches[1].back().output));
    }
    const bool of_shapes = !layer.input.empty() && !layer.is_a("dense");
    if (of_shapes && layer.input != shape)
      throw io::error(file, one.node, "shape " + io::detail::text_of(layer.input) + " of the layer before " + layer.is.name,
                      io::detail::text_of(shape));
    layer.input = shape;
    if (layer.is_a("dense"))
      layer.layout->channels = shape[0];
    shape = layer.output;
    linear = one.is == step::kind::linear;
    layers.push_back(std::move(layer));
  }
  return layers;
}

} // namespace inlay::onnx
