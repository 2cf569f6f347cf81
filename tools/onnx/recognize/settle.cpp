#include "recognize/settle.hpp"

#include "recognize/layers.hpp"
#include "recognize/order.hpp"

#include "inlay/io/detail/evaluate.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx {

namespace {

using io::detail::layer_description;
using io::detail::of_row;
using kind = step::kind;

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
  const auto padding = linear.list("padding"); // zeros that are not shifted, as those before the first step
  if ((linear.over_time || std::any_of(padding.begin(), padding.end(), [](std::size_t zeros) { return zeros > 0; })) &&
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

template <class T>
std::vector<T> selected(const std::vector<T>& of, const std::vector<std::size_t>& from) {
  std::vector<T> into;
  for (const std::size_t k : from)
    into.push_back(of[k]);
  return into;
}

/// The channels that are selected whole, one after the other; empty if parts of some are.
std::vector<std::size_t> whole_channels(const std::vector<std::size_t>& from, std::size_t positions) {
  std::vector<std::size_t> channels;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (i % positions == 0)
      channels.push_back(from[i] / positions);
    if (from[i] != channels.back() * positions + i % positions)
      return {};
  }
  return from.size() % positions ? std::vector<std::size_t>() : channels;
}

/// The outputs of a linear map that are wanted.
bool select_outputs(layer_description& linear, const std::vector<std::size_t>& from) {
  const bool dense = linear.is_a("dense");
  const std::size_t outputs = linear.biases().size(), inputs = linear.weights().size() / outputs;
  const auto rows = whole_channels(from, dense ? 1 : io::detail::size_of(linear.output) / outputs);
  if (rows.empty() || (!dense && linear.parameters[0].shape[1] != linear.input[0])) // of groups each has its own inputs
    return false;
  std::vector<double> weights;
  for (const std::size_t row : rows) {
    const auto first = linear.weights().begin() + static_cast<std::ptrdiff_t>(row * inputs);
    weights.insert(weights.end(), first, first + static_cast<std::ptrdiff_t>(inputs));
  }
  change_outputs(linear, std::move(weights), selected(linear.biases(), rows));
  return true;
}

/// W of repeated features is their sum.
void settle_repetitions(std::vector<step>& steps) {
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    if (steps[i].is != kind::selection || steps[i + 1].is != kind::linear || !steps[i + 1].layer.is_a("dense"))
      continue;
    const auto from = steps[i].from; // no narrow: that leaves columns out
    if (std::is_sorted(from.begin(), from.end()) && from.back() + 1 - from.front() == from.size())
      continue;
    layer_description& dense = steps[i + 1].layer;
    const std::size_t outputs = dense.biases().size(), inputs = *std::max_element(from.begin(), from.end()) + 1;
    if (inputs != steps[i].features)
      continue;
    std::vector<double> weights(outputs * inputs, 0);
    for (std::size_t o = 0; o < outputs; ++o)
      for (std::size_t k = 0; k < from.size(); ++k)
        weights[o * inputs + from[k]] += dense.weights()[o * from.size() + k];
    dense = make_dense(inputs, std::move(weights), dense.biases());
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

/// A map that is none of the model's layers becomes part of the dense layer before it, or behind it.
void settle_products(std::vector<step>& steps) {
  const auto is_dense = [](const step& one) { return one.is == kind::linear && one.layer.is_a("dense"); };
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (!is_dense(steps[i - 1]) || !is_dense(steps[i]) || (!steps[i - 1].fixed && !steps[i].fixed))
      continue;
    const layer_description &first = steps[i - 1].layer, &second = steps[i].layer; // W2 (W1 x + b1) + b2
    const std::size_t outputs = second.biases().size(), inner = first.biases().size(), inputs = first.weights().size() / inner;
    std::vector<double> weights(outputs * inputs, 0), biases = second.biases();
    for (std::size_t o = 0; o < outputs; ++o)
      for (std::size_t k = 0; k < inner; ++k) {
        const double factor = second.weights()[o * inner + k];
        biases[o] += factor * first.biases()[k];
        for (std::size_t n = 0; n < inputs; ++n)
          weights[o * inputs + n] += factor * first.weights()[k * inputs + n];
      }
    steps[i - 1].fixed = steps[i - 1].fixed && steps[i].fixed;
    steps[i - 1].layer = make_dense(inputs, std::move(weights), std::move(biases));
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i--));
  }
}

} // namespace

void settle_selections(std::vector<step>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].is != kind::selection)
      continue;
    std::size_t first = i; // what is computed of each number by itself
    while (first > 0 && ((steps[first - 1].is == kind::activation && !of_row(steps[first - 1].layer.activation)) ||
                         steps[first - 1].is == kind::scale))
      --first;
    const std::vector<std::size_t> from = steps[i].from;
    const bool folded = first > 0 && steps[first - 1].is == kind::linear && select_outputs(steps[first - 1].layer, from);
    const bool composed = !folded && first > 0 && steps[first - 1].is == kind::selection;
    if (!folded && !composed && from.size() > steps[i].features)
      continue; // it repeats some
    for (std::size_t k = first; k < i; ++k)
      if (steps[k].is == kind::scale)
        steps[k].scale = selected(steps[k].scale, from), steps[k].shift = selected(steps[k].shift, from), steps[k].layer = {};
    if (composed)
      steps[first - 1].from = selected(steps[first - 1].from, from);
    else if (!folded)
      steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(first), step(steps[i])), ++i;
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i));
    if (composed) // it may fold now
      return settle_selections(steps);
    i = first - (folded || composed ? 1 : 0);
  }
}

void settle_scales(std::vector<step>& steps) {
  settle_products(steps);
  for (std::size_t i = 0; i < steps.size();) {
    if (steps[i].is != kind::scale) {
      ++i;
      continue;
    }
    const step scale = steps[i];
    const auto at = steps.begin() + static_cast<std::ptrdiff_t>(i);
    const bool nothing = std::all_of(scale.scale.begin(), scale.scale.end(), [](double one) { return one == 1; }) &&
                         std::all_of(scale.shift.begin(), scale.shift.end(), [](double one) { return one == 0; });
    if (nothing || (i > 0 && steps[i - 1].is == kind::linear && fold_behind(steps[i - 1].layer, scale))) {
      steps.erase(at);
    } else if (i > 0 && steps[i - 1].is == kind::norm) {
      step& norm = steps[i - 1];
      for (std::size_t f = 0; f < scale.scale.size(); ++f) {
        norm.scale[f] *= scale.scale[f];
        norm.shift[f] = scale.scale[f] * norm.shift[f] + scale.shift[f];
      }
      steps.erase(at);
    } else if (i + 1 < steps.size() && steps[i + 1].is == kind::linear && fold_before(steps[i + 1].layer, scale)) {
      steps.erase(at);
    } else if (i + 1 < steps.size() && steps[i + 1].is == kind::transpose) { // to the convolution behind it
      const auto& shape = steps[i + 1].layer.input;
      for (std::size_t f = 0; f < scale.scale.size(); ++f) {
        const std::size_t to = place_in_transpose(f, shape[0], shape[1]);
        steps[i].scale[to] = scale.scale[f], steps[i].shift[to] = scale.shift[f];
      }
      steps[i].layer = {};
      std::swap(steps[i], steps[i + 1]);
      ++i;
    } else if (i + 1 < steps.size() && steps[i + 1].is == kind::layer && steps[i + 1].layer.is_a("reshape")) {
      steps[i].layer = {};
      std::swap(steps[i], steps[i + 1]);
      ++i;
    } else if (i + 1 < steps.size() && steps[i + 1].is == kind::scale) { // two in a row are one
      step& next = steps[i + 1];
      next.layer = {};
      for (std::size_t f = 0; f < scale.scale.size(); ++f) {
        next.shift[f] += next.scale[f] * scale.shift[f];
        next.scale[f] *= scale.scale[f];
      }
      steps.erase(at);
    } else {
      ++i;
    }
  }
  settle_repetitions(steps);
}

} // namespace inlay::onnx
