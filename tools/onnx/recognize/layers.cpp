#include "recognize/layers.hpp"

#include "inlay/io/detail/attention.hpp"
#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/recurrent_storage.hpp"
#include "inlay/layer/activation.hpp"
#include "inlay/layer/avg_pool1d.hpp"
#include "inlay/layer/avg_pool2d.hpp"
#include "inlay/layer/batch_norm.hpp"
#include "inlay/layer/bidirectional.hpp"
#include "inlay/layer/conv1d.hpp"
#include "inlay/layer/conv2d.hpp"
#include "inlay/layer/dense.hpp"
#include "inlay/layer/flatten.hpp"
#include "inlay/layer/from.hpp"
#include "inlay/layer/global_avg_pool.hpp"
#include "inlay/layer/global_max_pool.hpp"
#include "inlay/layer/group_norm.hpp"
#include "inlay/layer/gru.hpp"
#include "inlay/layer/heads.hpp"
#include "inlay/layer/last_step.hpp"
#include "inlay/layer/layer_norm.hpp"
#include "inlay/layer/lstm.hpp"
#include "inlay/layer/max_pool1d.hpp"
#include "inlay/layer/max_pool2d.hpp"
#include "inlay/layer/mean_of_steps.hpp"
#include "inlay/layer/narrow.hpp"
#include "inlay/layer/parallel.hpp"
#include "inlay/layer/prelu.hpp"
#include "inlay/layer/rescale.hpp"
#include "inlay/layer/reshape.hpp"
#include "inlay/layer/residual.hpp"
#include "inlay/layer/rms_norm.hpp"
#include "inlay/layer/rnn.hpp"
#include "inlay/layer/self_attention.hpp"
#include "inlay/layer/transpose.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

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

constexpr std::size_t floats_in_line = alignment / sizeof(float); // storage_layout puts in what the net's scalar has

void add_linear(layer_description& layer, const std::vector<std::size_t>& shape, const affine_layout& layout,
                std::vector<double> weights, std::vector<double> biases) {
  const std::size_t outputs = biases.size();
  layer.layout = layout;
  layer.parameters = {{"weight", shape, std::move(weights)}, {"bias", {outputs}, std::move(biases)}};
}

} // namespace

layer_description make_dense(std::size_t inputs, std::vector<double> weights, std::vector<double> biases) {
  auto layer = like<dense<1>>();
  const std::size_t outputs = biases.size();
  layer.input = {inputs}, layer.output = {outputs};
  set(layer, "N", outputs);
  add_linear(layer, {outputs, inputs}, {{inputs, outputs, floats_in_line}, inputs, 1, true}, std::move(weights), std::move(biases));
  return layer;
}

void change_outputs(layer_description& linear, std::vector<double> weights, std::vector<double> biases) {
  const std::size_t outputs = biases.size();
  auto shape = linear.parameters[0].shape;
  shape[0] = outputs, linear.output[0] = outputs;
  set(linear, linear.is_a("dense") ? "N" : "channels", outputs);
  auto layout = *linear.layout;
  layout.weights.outputs = outputs;
  add_linear(linear, shape, layout, std::move(weights), std::move(biases));
}

layer_description make_convolution(const std::vector<std::size_t>& input, const std::vector<std::size_t>& output, sizes kernel,
                                   const conv_options& options, std::vector<double> weights, std::vector<double> biases) {
  const bool image = input.size() == 3;
  auto layer = image ? like<conv2d<1, 1, 1>>() : like<conv1d<1, 1>>();
  layer.input = input, layer.output = output;
  set(layer, "channels", output[0]);
  set(layer, "kernel", kernel.w), set(layer, "kernel_h", kernel.h), set(layer, "kernel_w", kernel.w);
  io::detail::set_options(layer, options, image ? 2 : 1);
  const inlay::detail::channel_groups groups{input[0], output[0], options.groups};
  std::vector<std::size_t> shape{output[0], groups.map_in(), kernel.h, kernel.w};
  if (!image)
    shape.erase(shape.begin() + 2);
  add_linear(layer, shape, groups.layout(kernel.h * kernel.w, floats_in_line), std::move(weights), std::move(biases));
  return layer;
}

layer_description make_pool(bool largest, const std::vector<std::size_t>& input, const std::vector<std::size_t>& output,
                            sizes kernel, pool_options options) {
  const bool image = input.size() == 3;
  auto layer = image     ? largest ? like<max_pool2d<1>>() : like<avg_pool2d<1>>()
                   : largest ? like<max_pool1d<1>>()
                         : like<avg_pool1d<1>>();
  layer.input = input, layer.output = output;
  set(layer, "kernel", kernel.w), set(layer, "kernel_h", kernel.h), set(layer, "kernel_w", kernel.w);
  for (argument& one : layer.arguments) // of a square one height is enough
    if (one.name == "kernel_w")
      one.plain = kernel.h == kernel.w;
  if (options.stride == kernel || (!image && options.stride.w == kernel.w))
    options.stride = 0;
  io::detail::set_options(layer, options, image ? 2 : 1);
  return layer;
}

layer_description make_global_pool(bool largest, const std::vector<std::size_t>& input) {
  auto layer = largest ? like<global_max_pool<>>() : like<global_avg_pool<>>();
  layer.input = input, layer.output = {input[0]};
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

layer_description make_join(const std::string& word) {
  if (word.empty())
    return like<heads<>>();
  const auto of = [](auto join) {
    auto layer = like<parallel<decltype(join)>>();
    layer.is.onnx = decltype(join)::onnx;
    return layer;
  };
  return word == "add" ? of(add{}) : (word == "multiply" ? of(multiply{}) : of(concat{}));
}

layer_description make_from(std::size_t k) {
  auto layer = like<from<1>>();
  set(layer, "k", k);
  return layer;
}

layer_description make_end_of_sequence(const std::string& name) {
  auto layer = name == "last_step" ? like<last_step>() : (name == "flatten" ? like<flatten>() : like<mean_of_steps>());
  layer.over_time = true;
  layer.wants_all_steps = name != "last_step";
  return layer;
}

namespace {

layer_description make_direction(recurrent_direction of, const std::string& suffix) {
  auto layer = of.name == "lstm"  ? like<lstm<1>>()
               : of.name == "rnn" ? like<rnn<1>>()
               : of.reset_before  ? like<gru<1, reset_before>>()
                                  : like<gru<1>>();
  layer.over_time = true;
  layer.input = {of.tensors[0].size() / of.tensors[2].size()}, layer.output = {of.n};
  io::detail::set_recurrent(layer, of.n, std::move(of.tensors), floats_in_line, suffix);
  if (of.name == "rnn")
    layer.set_activation({of.activation});
  return layer;
}

} // namespace

layer_description make_recurrent(std::vector<recurrent_direction> directions) {
  auto first = make_direction(std::move(directions[0]), "");
  if (directions.size() == 1)
    return first;
  auto layer = like<bidirectional<>>();
  layer.over_time = layer.wants_all_steps = layer.is_its_layer = true;
  layer.input = first.input, layer.output = {2 * first.output[0]};
  layer.branches.push_back({std::move(first)});
  layer.branches.push_back({make_direction(std::move(directions[1]), "_reverse")});
  return layer;
}

layer_description make_attention(std::size_t heads, const attention_options& options, std::vector<std::vector<double>> tensors) {
  auto layer = like<self_attention<1>>();
  layer.over_time = true, layer.wants_all_steps = !options.is_causal;
  layer.input = layer.output = {tensors[3].size()};
  io::detail::set_attention(layer, heads, options, std::move(tensors), floats_in_line);
  return layer;
}

layer_description make_causal_convolution(std::size_t inputs, std::size_t kernel, std::size_t dilation, std::size_t groups,
                                          std::vector<double> weights, std::vector<double> biases) {
  auto layer = like<conv1d<1, 1>>();
  const std::size_t outputs = biases.size();
  layer.over_time = true;
  layer.input = {inputs}, layer.output = {outputs};
  set(layer, "channels", outputs), set(layer, "kernel", kernel);
  io::detail::set_options(layer, conv_options{.dilation = dilation, .groups = groups}, 1);
  const inlay::detail::channel_groups of_groups{inputs, outputs, groups};
  add_linear(layer, {outputs, of_groups.map_in(), kernel}, of_groups.layout(kernel, floats_in_line), std::move(weights),
             std::move(biases));
  return layer;
}

layer_description make_flatten(const std::vector<std::size_t>& input) {
  auto layer = like<flatten>();
  layer.is.onnx = flatten::bind<float, shape<1, 2>>::onnx;
  layer.input = input, layer.output = {io::detail::size_of(input)};
  return layer;
}

layer_description make_reshape(const std::vector<std::size_t>& output) {
  const auto of_rank = []<class Layer>(std::type_identity<Layer>) {
    auto layer = like<Layer>();
    layer.is.onnx = Layer::template bind<float, shape<1>>::onnx;
    return layer;
  };
  auto layer = output.size() == 1   ? of_rank(std::type_identity<reshape<1>>())
               : output.size() == 2 ? of_rank(std::type_identity<reshape<1, 1>>())
                                    : of_rank(std::type_identity<reshape<1, 1, 1>>());
  for (std::size_t d = 0; d < output.size(); ++d)
    layer.arguments[d].value = output[d];
  layer.output = output;
  return layer;
}

layer_description make_narrow(const std::vector<std::size_t>& input, std::size_t start, std::size_t length) {
  auto layer = like<narrow<0, 1>>();
  layer.input = layer.output = input;
  layer.output[0] = length;
  set(layer, "start", start), set(layer, "length", length);
  return layer;
}

namespace {

/// A number as the std::ratio of which the compiler makes the same float.
std::pair<std::string, double> ratio_of(double value) {
  for (long long d = 1; d <= 1'000'000'000'000'000; d *= 10) {
    const long long n = std::llround(value * static_cast<double>(d));
    const double made = static_cast<double>(n) / static_cast<double>(d);
    if (n > 0 && std::abs(made - value) <= 1e-7 * value) {
      const long long common = std::gcd(n, d);
      return {"std::ratio<" + std::to_string(n / common) + ", " + std::to_string(d / common) + ">", made};
    }
  }
  return {"", 0};
}

} // namespace

layer_description make_norm(const std::vector<std::size_t>& input, const step& of, std::vector<layer_description>& rest) {
  const auto [words, epsilon] = ratio_of(of.epsilon);
  const bool all = of.groups == 1, plain = words == "std::ratio<1, 100000>";
  auto layer = !all ? like<group_norm<1>>() : (of.centred ? like<layer_norm<>>() : like<rms_norm<>>());
  layer.input = layer.output = input;
  set(layer, "groups", of.groups);
  io::detail::set_text(layer, "epsilon", words, of.centred && plain,
                       {{io::detail::formula_value::kind::real, "epsilon", {epsilon}}});
  io::detail::add_shape_options(layer);
  std::vector<std::size_t> shape = input;
  std::vector<double> scale = of.scale, shift = of.shift;
  if (!all) { // one for each channel
    const std::size_t positions = scale.size() / input[0];
    shape.resize(1);
    const auto differs = [&](const std::vector<double>& values) {
      for (std::size_t f = 0; f < values.size(); ++f)
        if (std::abs(values[f] - values[f / positions * positions]) > 1e-12 * std::abs(values[f]))
          return true;
      return false;
    };
    if (differs(scale) || differs(shift)) {
      rest.push_back(make_rescale(input, std::move(scale), std::move(shift)));
      scale.assign(input[0], 1), shift.assign(input[0], 0);
    } else {
      for (std::size_t c = 0; c < input[0]; ++c)
        scale[c] = scale[c * positions], shift[c] = shift[c * positions];
      scale.resize(input[0]), shift.resize(input[0]);
    }
  }
  layer.parameters = {{"weight", shape, std::move(scale)}};
  if (!all || of.centred)
    layer.parameters.push_back({"bias", shape, std::move(shift)});
  else if (std::any_of(shift.begin(), shift.end(), [](double one) { return one != 0; }))
    rest.push_back(make_rescale(input, std::vector(shift.size(), 1.0), std::move(shift)));
  layer.aligned = true;
  return layer;
}

layer_description make_prelu(std::vector<double> slopes) {
  auto layer = like<prelu<2>>();
  set(layer, "N", slopes.size());
  layer.parameters = {{"weight", {slopes.size()}, std::move(slopes)}};
  return layer;
}
void fit_prelu(layer_description& of, const std::vector<std::size_t>& input) {
  of.input = of.output = input;
  of.is.onnx = input.size() == 1   ? prelu<2>::bind<float, shape<2>>::onnx
               : input.size() == 2 ? prelu<2>::bind<float, shape<2, 1>>::onnx
                                   : prelu<2>::bind<float, shape<2, 1, 1>>::onnx;
}

layer_description make_batch_norm(std::vector<std::vector<double>> tensors, double given) {
  const auto [words, epsilon] = ratio_of(given);
  auto layer = like<batch_norm<>>();
  io::detail::set_text(layer, "epsilon", words, words == "std::ratio<1, 100000>",
                       {{io::detail::formula_value::kind::real, "epsilon", {epsilon}}});
  std::swap(layer.arguments[0], layer.arguments[1]);
  const char* names[]{"weight", "bias", "running_mean", "running_var"};
  for (std::size_t t = 0; t < 4; ++t)
    layer.parameters.push_back({names[t], {tensors[t].size()}, std::move(tensors[t]), t < 2});
  layer.aligned = true;
  return layer;
}

layer_description make_rescale(const std::vector<std::size_t>& shape, std::vector<double> scale, std::vector<double> shift) {
  auto layer = like<rescale<>>();
  layer.input = layer.output = shape;
  layer.parameters = {{"weight", shape, std::move(scale), false}, {"bias", shape, std::move(shift), false}};
  layer.aligned = true;
  return layer;
}

} // namespace inlay::onnx
