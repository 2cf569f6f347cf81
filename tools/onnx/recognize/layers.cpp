#include "recognize/layers.hpp"

#include "inlay/io/detail/describe.hpp"
#include "inlay/layer/activation.hpp"
#include "inlay/layer/conv1d.hpp"
#include "inlay/layer/dense.hpp"
#include "inlay/layer/residual.hpp"
#include "inlay/layer/transpose.hpp"

namespace inlay::onnx {

using io::detail::argument, io::detail::layer_description;

namespace {

/// A layer with the description and the arguments of Layer, whose values are to be put in.
template <class Layer>
layer_description like() {
  layer_description layer;
  layer.is = Layer::described;
  if constexpr (requires(io::detail::argument_writer writer) { Layer::arguments(writer); }) {
    io::detail::argument_writer writer{layer};
    Layer::arguments(writer);
  }
  return layer;
}

void set(layer_description& layer, std::string_view name, std::size_t value) {
  for (argument& one : layer.arguments)
    if (one.name == name)
      one.plain = one.plain && one.value == value, one.value = value;
}

void add_linear(layer_description& layer, const std::vector<std::size_t>& shape, std::vector<double> weights,
                std::vector<double> biases) {
  const std::size_t outputs = biases.size();
  layer.layout = affine_layout{{weights.size() / outputs, outputs, alignment / sizeof(float)}};
  layer.parameters = {{"weight", shape, std::move(weights)}, {"bias", {outputs}, std::move(biases)}};
}

} // namespace

layer_description make_dense(std::size_t inputs, std::vector<double> weights, std::vector<double> biases) {
  auto layer = like<dense<1>>();
  const std::size_t outputs = biases.size();
  layer.input = {inputs}, layer.output = {outputs};
  set(layer, "N", outputs);
  add_linear(layer, {outputs, inputs}, std::move(weights), std::move(biases));
  return layer;
}

layer_description make_conv1d(const std::vector<std::size_t>& input, const std::vector<std::size_t>& output,
                              const conv1d_arguments& of, std::vector<double> weights, std::vector<double> biases) {
  auto layer = like<conv1d<1, 1>>();
  layer.input = input, layer.output = output;
  set(layer, "channels", output[0]), set(layer, "kernel", of.kernel);
  set(layer, "stride", of.stride), set(layer, "dilation", of.dilation);
  add_linear(layer, {output[0], input[0], of.kernel}, std::move(weights), std::move(biases));
  return layer;
}

layer_description make_transpose(std::size_t rows, std::size_t columns) {
  auto layer = like<transpose>();
  layer.input = {rows, columns}, layer.output = {columns, rows};
  return layer;
}

layer_description make_activation(const io::detail::activation_description& of) {
  auto layer = like<activation<identity>>();
  layer.set_activation(of);
  return layer;
}

layer_description make_residual(std::vector<layer_description> inner) {
  auto layer = like<residual<>>();
  layer.branches = {{}, std::move(inner)};
  return layer;
}

} // namespace inlay::onnx
