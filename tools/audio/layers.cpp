#include "layers.hpp"

#include "inlay/io/detail/describe.hpp"

namespace inlay::audio {

using io::detail::argument;

namespace {

constexpr std::size_t line = alignment / sizeof(float); // of float, which all these files hold
constexpr std::size_t lines(std::size_t n) { return (n + line - 1) / line * line; }

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

/// Where the parameters of a recurrent layer are in storage; see kernel::gate_row and layer/recurrent.hpp. A header
/// asserts it.
void set_recurrent(layer_description& layer, std::size_t in, std::size_t n, std::size_t gates,
                   std::vector<std::vector<double>> parameters) {
  const std::size_t whole = n / line, rest = n % line, narrow = rest > 0 ? kernel::layout{1, rest, line}.row() : 0;
  const std::size_t wide = gates * (whole * line + narrow);
  const kernel::layout input_map{in, wide, line}, state_map{n, wide, line};
  const std::size_t input_weights_at = 2 * lines(wide), state_weights_at = input_weights_at + lines(input_map.size());
  layer.storage = state_weights_at + lines(state_map.size());
  const auto column = [&](std::size_t o) {
    const std::size_t first = o % n / line;
    return first * line * gates + o / n * (first < whole ? line : narrow) + o % n % line;
  };
  for (std::size_t k = 0; k < gates * n * in; ++k)
    layer.places.push_back(input_weights_at + input_map.index(column(k / in), k % in));
  for (std::size_t k = 0; k < gates * n * n; ++k)
    layer.places.push_back(state_weights_at + state_map.index(column(k / n), k % n));
  for (const std::size_t first : {std::size_t(0), lines(wide)})
    for (std::size_t k = 0; k < gates * n; ++k)
      layer.places.push_back(first + column(k));
  set(layer, "n", n);
  const std::vector<std::size_t> shapes[]{{gates * n, in}, {gates * n, n}, {gates * n}, {gates * n}};
  const char* const names[]{"weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"};
  for (std::size_t t = 0; t < 4; ++t)
    layer.parameters.push_back({names[t], shapes[t], std::move(parameters[t])});
}

} // namespace

layer_description make_dense(std::size_t inputs, std::vector<double> weights, std::vector<double> biases) {
  const std::size_t outputs = biases.size();
  auto layer = like<dense<1>>(false, inputs, outputs);
  set(layer, "N", outputs);
  set_linear(layer, {outputs, inputs}, {{inputs, outputs, line}, inputs}, std::move(weights), std::move(biases));
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
  set_recurrent(layer, inputs, n, 4, std::move(parameters));
  return layer;
}
layer_description make_gru(std::size_t inputs, std::size_t n, std::vector<std::vector<double>> parameters) {
  auto layer = like<gru<1>>(true, inputs, n);
  set_recurrent(layer, inputs, n, 3, std::move(parameters));
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
