#include "layers.hpp"

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/recurrent_storage.hpp"

namespace inlay::audio {

using io::detail::argument;

namespace {

constexpr std::size_t line = alignment / sizeof(float); // of float, which all these files hold

/// A layer with the description and the arguments of Layer, whose values are to be put in. `mixes`: it takes the
/// sequence as such.
template <class Layer>
layer_description like(bool mixes, std::size_t inputs, std::size_t outputs) {
  layer_description layer;
  layer.is = Layer::described;
  io::detail::argument_writer writer{layer};
  if constexpr (requires { Layer::arguments(writer); })
    Layer::arguments(writer);
  layer.over_time = mixes;
  layer.input = mixes ? std::vector{steps, inputs} : std::vector{inputs};
  layer.output = mixes ? std::vector{steps, outputs} : std::vector{outputs};
  return layer;
}
void set(layer_description& layer, std::string_view name, std::size_t value) {
  for (argument& one : layer.arguments)
    if (one.name == name)
      one.plain = one.plain && one.value == value, one.value = value;
}
void set_linear(layer_description& layer, const std::vector<std::size_t>& shape, const affine_layout& layout,
                std::vector<double> weights, std::vector<double> biases) {
  const std::size_t outputs = biases.size();
  layer.layout = layout;
  layer.parameters = {{"weight", shape, std::move(weights)}, {"bias", {outputs}, std::move(biases)}};
}

} // namespace

layer_description make_dense(std::size_t inputs, std::vector<double> weights, std::vector<double> biases) {
  const std::size_t outputs = biases.size();
  auto layer = like<dense<1>>(false, inputs, outputs);
  set(layer, "N", outputs);
  set_linear(layer, {outputs, inputs}, {{inputs, outputs, line}, inputs, 1, true}, std::move(weights), std::move(biases));
  return layer;
}

layer_description make_convolution(const convolution& of, std::vector<double> weights, std::vector<double> biases) {
  if (of.kernel == 1 && of.groups == 1)
    return make_dense(of.inputs, std::move(weights), std::move(biases));
  const std::size_t outputs = biases.size();
  auto layer = like<conv1d<1, 1>>(true, of.inputs, outputs);
  set(layer, "channels", outputs);
  set(layer, "kernel", of.kernel);
  io::detail::set_options(layer, conv_options{.dilation = of.dilation, .groups = of.groups}, 1);
  const inlay::detail::channel_groups groups{of.inputs, outputs, of.groups};
  set_linear(layer, {outputs, groups.map_in(), of.kernel}, groups.layout(of.kernel, line), std::move(weights),
             std::move(biases));
  return layer;
}

layer_description make_lstm(std::size_t inputs, std::size_t n, std::vector<std::vector<double>> parameters) {
  auto layer = like<lstm<1>>(true, inputs, n);
  io::detail::set_recurrent(layer, n, std::move(parameters), line);
  return layer;
}
layer_description make_gru(std::size_t inputs, std::size_t n, std::vector<std::vector<double>> parameters) {
  auto layer = like<gru<1>>(true, inputs, n);
  io::detail::set_recurrent(layer, n, std::move(parameters), line);
  return layer;
}

layer_description make_prelu(std::size_t inputs, std::vector<double> slopes) {
  auto layer = like<prelu<1>>(false, inputs, inputs);
  const std::size_t count = slopes.size();
  set(layer, "N", count);
  layer.parameters = {{"weight", {count}, std::move(slopes)}};
  return layer;
}
layer_description make_activation(std::size_t inputs, const activation_description& of) {
  auto layer = like<activation<identity>>(false, inputs, inputs);
  layer.set_activation(of);
  return layer;
}
layer_description make_narrow(std::size_t inputs, std::size_t start, std::size_t length) {
  auto layer = like<narrow<0, 1>>(false, inputs, length);
  set(layer, "start", start);
  set(layer, "length", length);
  return layer;
}

layer_description make_parallel(const char* join, std::size_t inputs, std::vector<layer_list> branches) {
  const bool concatenates = std::string_view(join) == concat::name;
  std::size_t outputs = 0;
  for (const auto& branch : branches)
    outputs = (concatenates ? outputs : 0) + outputs_of(branch, inputs);
  auto layer = concatenates ? like<parallel<concat, branch<>>>(true, inputs, outputs)
                            : like<parallel<add, branch<>>>(true, inputs, outputs);
  layer.is.onnx = concatenates ? concat::onnx : add::onnx;
  layer.branches = std::move(branches);
  return layer;
}
layer_description make_residual(std::size_t inputs, layer_list inner) {
  auto layer = like<residual<>>(true, inputs, inputs);
  layer.branches = {{}, std::move(inner)};
  return layer;
}
layer_description make_gated(std::size_t inputs, const activation_description& first,
                             const activation_description& second) {
  const std::size_t half = inputs / 2;
  auto layer = like<gated<identity, identity>>(false, inputs, half);
  layer.branches = {{make_narrow(inputs, 0, half), make_activation(half, first)},
                    {make_narrow(inputs, half, half), make_activation(half, second)}};
  return layer;
}

std::size_t outputs_of(const layer_list& layers, std::size_t inputs) {
  return layers.empty() ? inputs : layers.back().output.back();
}

void add_activation(layer_list& layers, std::size_t inputs, const activation_description& of) {
  if (of.name == "identity")
    return;
  if (!layers.empty() && (layers.back().is_a("dense") || layers.back().is_a("conv1d")) &&
      !layers.back().has_activation())
    layers.back().set_activation(of);
  else
    layers.push_back(make_activation(outputs_of(layers, inputs), of));
}

} // namespace inlay::audio
