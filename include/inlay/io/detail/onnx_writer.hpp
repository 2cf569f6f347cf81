#pragma once

#include "inlay/io/detail/activation_entry.hpp"
#include "inlay/io/detail/attention.hpp"
#include "inlay/io/detail/formula_names.hpp"
#include "inlay/io/detail/onnx_formula.hpp"
#include "inlay/io/detail/onnx_recurrent.hpp"
#include "inlay/io/detail/protobuf.hpp"
#include "inlay/io/detail/window_options.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"
#include "inlay/io/state_dict.hpp"

#include <cstring>
#include <limits>
#include <map>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// Writes a net as an ONNX graph of opset 13, which runtimes have read since 2020. The field numbers are
/// those of onnx.proto. An activation without an operator there is written as PyTorch's exporter does.
///
/// Of a sequence [batch, steps, ...] each step is a row, as a sample is: what knows nothing of time takes [batch steps, ...].
class onnx_writer {
public:
  explicit onnx_writer(net_description net) : net(std::move(net)) {
    std::string x = "input";
    shape = this->net.input;
    const auto input_shape = shape;
    if (this->net.over_time)
      steps = shape[0], shape.erase(shape.begin());
    add_layers(this->net.layers, x, "");
    if (outputs.bytes.empty()) {
      to_steps(x);
      if (steps > 0)
        shape.insert(shape.begin(), steps);
      nodes.back().output = "output";
      outputs.message(12, port("output", shape));
    }
    protobuf_message inputs;
    for (std::size_t k = 0; k < this->net.inputs.size(); ++k)
      inputs.message(11, port("input" + std::to_string(k + 1), this->net.inputs[k]));
    if (this->net.inputs.empty())
      inputs.message(11, port("input", input_shape));
    protobuf_message graph;
    for (const node& one : nodes)
      graph.message(1, one.written());
    graph.text(2, "inlay").bytes += initializers.bytes;
    graph.bytes += inputs.bytes + outputs.bytes;
    protobuf_message model, opset;
    opset.text(1, "").integer(2, 13);
    model.integer(1, 7).text(2, "inlay").message(7, graph).message(8, opset);
    bytes = model.bytes;
  }

  std::string bytes;

private:
  struct node {
    std::string op, output;
    std::vector<std::string> inputs;
    protobuf_message attributes;

    protobuf_message written() const {
      protobuf_message message;
      for (const auto& input : inputs)
        message.text(1, input);
      message.text(2, output).text(3, op + "_" + output).text(4, op).bytes += attributes.bytes;
      return message;
    }
    node& attribute(const char* name, float value) {
      attributes.message(5, protobuf_message().text(1, name).number(2, value).integer(20, 1));
      return *this;
    }
    node& attribute(const char* name, std::int64_t value) {
      attributes.message(5,
                         protobuf_message().text(1, name).integer(3, static_cast<std::uint64_t>(value)).integer(20, 2));
      return *this;
    }
    node& attribute(const char* name, const std::string& value) {
      attributes.message(5, protobuf_message().text(1, name).text(4, value).integer(20, 3));
      return *this;
    }
    node& words(const char* name, const std::string& word, std::size_t count) {
      protobuf_message attribute;
      attribute.text(1, name);
      for (std::size_t k = 0; k < count; ++k)
        attribute.text(9, word);
      attributes.message(5, attribute.integer(20, 8));
      return *this;
    }
    node& list(const char* name, const std::vector<double>& values) {
      protobuf_message attribute;
      attribute.text(1, name);
      for (const double value : values)
        attribute.integer(8, static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
      attributes.message(5, attribute.integer(20, 7));
      return *this;
    }
  };

  node& add(const char* op, std::vector<std::string> inputs) {
    return nodes.emplace_back(node{op, "t" + std::to_string(nodes.size()), std::move(inputs), {}});
  }
  std::string last() const { return nodes.back().output; }

  int type() const { return net.double_precision ? 11 : 1; }

  protobuf_message port(const std::string& name, const std::vector<std::size_t>& extents) const {
    protobuf_message dimensions, tensor;
    dimensions.message(1, protobuf_message().text(2, "batch"));
    for (const std::size_t extent : extents)
      dimensions.message(1, protobuf_message().integer(1, extent));
    tensor.integer(1, static_cast<std::uint64_t>(type())).message(2, dimensions);
    return protobuf_message().text(1, name).message(2, protobuf_message().message(1, tensor));
  }

  std::string initializer(const std::string& name, const std::vector<std::size_t>& extents,
                          const std::vector<double>& values) {
    std::string raw(values.size() * (net.double_precision ? 8 : 4), '\0');
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto single = static_cast<float>(values[i]);
      if (net.double_precision)
        std::memcpy(raw.data() + 8 * i, &values[i], 8);
      else
        std::memcpy(raw.data() + 4 * i, &single, 4);
    }
    protobuf_message tensor;
    for (const std::size_t extent : extents)
      tensor.integer(1, extent);
    initializers.message(5, tensor.integer(2, static_cast<std::uint64_t>(type())).text(8, name).text(9, raw));
    return name;
  }
  std::string constant(double value) { return initializer("c" + std::to_string(constants++), {}, {value}); }

  /// int64s, as Reshape wants them.
  std::string list_constant(const std::vector<double>& values) {
    std::string raw(8 * values.size(), '\0');
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto value = static_cast<std::int64_t>(values[i]);
      std::memcpy(raw.data() + 8 * i, &value, 8);
    }
    const std::string name = "c" + std::to_string(constants++);
    initializers.message(5, protobuf_message().integer(1, values.size()).integer(2, 7).text(8, name).text(9, raw));
    return name;
  }
  /// One int64, as Gather wants it.
  std::string index_constant(std::size_t value) {
    std::string raw(8, '\0');
    const auto index = static_cast<std::int64_t>(value);
    std::memcpy(raw.data(), &index, 8);
    const std::string name = "c" + std::to_string(constants++);
    initializers.message(5, protobuf_message().integer(2, 7).text(8, name).text(9, raw));
    return name;
  }
  /// For Reshape: as many samples as there are (0), then the extents.
  std::string shape_constant(std::vector<std::size_t> extents) {
    extents.insert(extents.begin(), 0);
    return list_constant({extents.begin(), extents.end()});
  }

  void flatten(std::string& x) {
    if (shape.size() == 1)
      return;
    add("Flatten", {x}).attribute("axis", std::int64_t{1});
    x = last();
  }

  void reshape(std::string& x, std::vector<double> first) {
    first.insert(first.end(), shape.begin(), shape.end());
    add("Reshape", {x, list_constant(first)});
    x = last();
  }
  /// [batch steps, ...]
  void to_rows(std::string& x) {
    if (steps > 0 && !by_rows)
      reshape(x, {-1}), by_rows = true;
  }
  /// [batch, steps, ...]
  void to_steps(std::string& x) {
    if (steps > 0 && by_rows)
      reshape(x, {-1, static_cast<double>(steps)}), by_rows = false;
  }
  void transpose(std::string& x, const std::vector<double>& order) {
    add("Transpose", {x}).list("perm", order);
    x = last();
  }

  /// What takes a sequence as such, and is no composite.
  void add_over_time(const layer_description& layer, std::string& x, const std::string& prefix) {
    if (layer.is_a("self_attention"))
      return add_attention(attention_view{layer}, x, prefix);
    to_steps(x);
    if (is_recurrent(layer) || layer.is_a("bidirectional")) {
      add_recurrent(onnx_recurrent(layer), x, prefix);
    } else if (layer.is_a("last_step")) {
      add("Gather", {x, index_constant(steps - 1)}).attribute("axis", std::int64_t{1});
      x = last();
    } else if (layer.is_a("mean_of_steps")) {
      add("ReduceMean", {x}).list("axes", {1}).attribute("keepdims", std::int64_t{0});
      x = last();
    } else if (layer.is_a("flatten")) {
      add("Flatten", {x}).attribute("axis", std::int64_t{1});
      x = last();
    } else if (layer.is_a("conv1d")) {
      add_causal_convolution(layer, x, prefix);
    } else if (layer.is_a("delay")) {
      add_delay(layer.number("n"), x);
    } else {
      throw error("memory", "layer", "one of a sequence that ONNX can express", in_quotes(layer.is.name));
    }
    if (layer.ends_sequence())
      steps = 0;
  }
  void add_recurrent(const onnx_recurrent& of, std::string& x, const std::string& prefix) {
    if (shape.size() > 1)
      shape = {size_of(shape)}, reshape(x, {-1, static_cast<double>(steps)});
    const std::size_t rows = of.gates * of.n;
    transpose(x, {1, 0, 2}); // layout 0, the only one of opset 13
    node& one = add(of.operation.c_str(), {x, initializer(prefix + ".W", {of.directions, rows, of.inputs}, of.w),
                                           initializer(prefix + ".R", {of.directions, rows, of.n}, of.r),
                                           initializer(prefix + ".B", {of.directions, 2 * rows}, of.b)});
    one.attribute("hidden_size", static_cast<std::int64_t>(of.n));
    if (of.directions == 2)
      one.attribute("direction", std::string("bidirectional"));
    if (of.linear_before_reset)
      one.attribute("linear_before_reset", std::int64_t{1});
    if (!of.activation.empty())
      one.words("activations", of.activation, of.directions);
    x = last();
    transpose(x, {2, 0, 1, 3}); // of [steps, directions, batch, n]
    shape = {of.directions * of.n};
    reshape(x, {0, static_cast<double>(steps)});
  }
  /// As PyTorch's exporter writes MultiheadAttention, q, k and v of all heads side by side.
  void add_attention(const attention_view& of, std::string& x, const std::string& prefix) {
    const auto linear = [&](std::size_t k) {
      const auto &w = of.layer.parameters[k], &b = of.layer.parameters[k + 1];
      add("Gemm", {x, initializer(prefix + "." + w.name, w.shape, w.values), initializer(prefix + "." + b.name, b.shape, b.values)})
          .attribute("transB", std::int64_t{1});
      x = last();
    };
    to_rows(x);
    linear(0);
    by_rows = false, shape = {3, of.heads, of.own};
    reshape(x, {-1, static_cast<double>(steps)});
    transpose(x, {2, 0, 3, 1, 4}); // of [batch, steps, 3, heads, own]
    const auto part = [&](std::size_t k) {
      add("Gather", {x, index_constant(k)}).attribute("axis", std::int64_t{0});
      return last();
    };
    const std::string q = part(0), v = part(2);
    std::string k = part(1);
    transpose(k, {0, 1, 3, 2});
    add("MatMul", {q, k});
    add("Mul", {last(), constant(of.scale())});
    if (of.options.is_causal)
      add("Add", {last(), mask(of)});
    add("Softmax", {last()}).attribute("axis", std::int64_t{-1});
    add("MatMul", {last(), v});
    x = last();
    transpose(x, {0, 2, 1, 3});
    by_rows = true, shape = {of.features};
    reshape(x, {-1});
    linear(2);
  }
  /// 0 where a step attends, -inf elsewhere.
  std::string mask(const attention_view& of) {
    std::vector<double> values;
    for (std::size_t step = 0; step < steps; ++step)
      for (std::size_t to = 0; to < steps; ++to)
        values.push_back(attends(of.options, step, to) ? 0 : -math::infinity<double>);
    return initializer("c" + std::to_string(constants++), {steps, steps}, values);
  }
  void add_causal_convolution(const layer_description& layer, std::string& x, const std::string& prefix) {
    const std::size_t kernel = layer.number("kernel"), dilation = layer.list("dilation")[0], groups = layer.list("groups")[0];
    transpose(x, {0, 2, 1});
    add("Conv", {x, initializer(prefix + ".weight", layer.parameters[0].shape, layer.weights()),
                 initializer(prefix + ".bias", layer.parameters[1].shape, layer.biases())})
        .list("dilations", {static_cast<double>(dilation)})
        .list("pads", {static_cast<double>(dilation * (kernel - 1)), 0})
        .attribute("group", static_cast<std::int64_t>(groups));
    x = last();
    transpose(x, {0, 2, 1});
  }
  /// The last n steps side by side, the oldest first: zeros before the first, and n windows of that.
  void add_delay(std::size_t n, std::string& x) {
    add("Pad", {x, list_constant({0, static_cast<double>(n - 1), 0, 0, 0, 0})});
    const std::string padded = last(), axis = list_constant({1});
    std::vector<std::string> windows;
    for (std::size_t k = 0; k < n; ++k) {
      const auto first = static_cast<double>(k), end = static_cast<double>(k + steps);
      windows.push_back(add("Slice", {padded, list_constant({first}), list_constant({end}), axis}).output);
    }
    add("Concat", windows).attribute("axis", std::int64_t{2});
    x = last();
  }

  void add_layers(const std::vector<layer_description>& layers, std::string& x, const std::string& within) {
    for_each_indexed(layers, [&](const layer_description& layer, const std::string& module) {
      if (layer.over_time && (layer.branches.empty() || layer.is_a("bidirectional"))) {
        add_over_time(layer, x, within + module);
      } else {
        add_row_layer(layer, x, within + module + ".");
      }
      shape = layer.row_of_output();
      if ((layer.is_activation() || layer.has_activation()) && !is_recurrent(layer))
        add_activation(layer.activation, x);
    });
  }
  /// What takes a sample, or a step of one, or hands sequences to its branches. `within` stands before the names of its tensors.
  void add_row_layer(const layer_description& layer, std::string& x, const std::string& within) {
    if (!*layer.is.onnx)
      throw error("memory", "layer", "one that ONNX can express", in_quotes(layer.is.name));
    if (layer.is_activation())
      return;
    if (layer.branches.empty())
      to_rows(x);
    std::map<std::string, std::string> tensors{{"x", x}};
    for (const auto& [name, extents, values, trained] : layer.parameters)
      tensors[name] = initializer(within + name, extents, values);
    check_windows(layer);
    const auto row = shape;
    const std::size_t steps_before = steps;
    const bool rows_before = by_rows;
    branch_shapes.clear();
    std::vector<std::vector<std::size_t>> ends;
    for (std::size_t k = 0; k < layer.branches.size(); ++k) {
      std::string y = x;
      shape = row, steps = steps_before, by_rows = rows_before;
      add_layers(layer.branches[k], y, within + layer.module_of(k));
      to_rows(y);
      tensors["inner" + std::to_string(k)] = y;
      ends.push_back(shape);
    }
    branch_shapes = std::move(ends);
    if (layer.is_input())
      tensors["input"] = "input" + std::to_string(layer.number("k"));
    if (layer.is_a("heads") && steps > 0)
      throw error("memory", "layer 'heads'", "outputs that are no sequences", "sequences");
    shape = row;
    x = add_formula(onnx_formula_reader::read(layer.is.onnx), tensors, formula_names(layer));
  }
  /// Refuses the one case of ceil_mode on which PyTorch, and so inlay, and runtimes of ONNX disagree.
  static void check_windows(const layer_description& layer) {
    if (layer.list("ceil_mode") != std::vector<std::size_t>{1})
      return;
    const auto stride = layer.list("stride"), dilation = layer.list("dilation"), padding = layer.list("padding");
    const sizes both = kernel_of(layer);
    for (std::size_t d = 0; d < stride.size(); ++d) {
      const std::size_t kernel = stride.size() == 2 && d == 0 ? both.h : both.w;
      const std::size_t begun = padding[d] + layer.input[1 + d], whole = begun + padding[stride.size() + d];
      const std::size_t room = whole - (dilation[d] * (kernel - 1) + 1), last = (room + stride[d] - 1) / stride[d] * stride[d];
      if (last >= begun)
        throw error("memory", "layer " + in_quotes(layer.is.name),
                    "a last window that begins before the input's end, as runtimes of ONNX compute another one",
                    "ceil_mode of " + text_of(layer.input));
    }
  }
  void add_activation(const activation_description& of, std::string& x) {
    const auto& entry = entry_of(of);
    if (!*entry.is.onnx)
      throw error("memory", "activation", "one that ONNX can express", in_quotes(of.name));
    const auto whole = shape;
    if (!entry.value) // of all features of a sample
      to_rows(x), flatten(x);
    x = add_formula(onnx_formula_reader::read(entry.is.onnx), {{"z", x}},
                    formula_names({{formula_value::kind::real, "parameter", {of.parameter}}}));
    if (!entry.value && whole.size() > 1) {
      std::vector<double> extents{0}; // as many samples as there are
      extents.insert(extents.end(), whole.begin(), whole.end());
      add("Reshape", {x, list_constant(extents)});
      x = last();
    }
  }

  /// Adds the nodes of a formula; `tensors` and `names` are what its names stand for. Returns its result.
  std::string add_formula(const onnx_formula& formula, const std::map<std::string, std::string>& tensors,
                          const formula_names& names) {
    if (!formula.is_operator) {
      if (const auto named = tensors.find(formula.word); named != tensors.end())
        return named->second;
      const formula_value value = names.value_of(formula.word);
      return value.is == formula_value::kind::list ? list_constant(value.numbers) : constant(value.numbers[0]);
    }
    std::vector<std::string> inputs;
    for (const auto& input : formula.inputs)
      if (input.word == "inner...")
        for (std::size_t k = 0; tensors.count("inner" + std::to_string(k)) > 0; ++k)
          inputs.push_back(tensors.at("inner" + std::to_string(k)));
      else
        inputs.push_back(add_formula(input, tensors, names));
    if (formula.word == "Flatten" && shape.size() == 1)
      return inputs[0];
    if (formula.word == "Outputs") {
      for (std::size_t k = 0; k < inputs.size(); ++k) {
        const std::string name = "output" + std::to_string(k + 1);
        add("Identity", {inputs[k]}).output = name;
        outputs.message(12, port(name, branch_shapes[k]));
      }
      return last();
    }
    if (formula.word == "Add" || formula.word == "Mul") { // of two, in ONNX
      if (inputs.size() == 1)
        return add("Identity", std::move(inputs)).output;
      for (; inputs.size() > 2; inputs.erase(inputs.begin() + 1))
        inputs[0] = add(formula.word.c_str(), {inputs[0], inputs[1]}).output;
    }
    node& one = add(formula.word.c_str(), std::move(inputs));
    for (const auto& [name, text] : formula.attributes) {
      const formula_value value = names.value_of(text);
      if (value.is == formula_value::kind::list)
        one.list(name.c_str(), value.numbers);
      else if (value.is == formula_value::kind::whole)
        one.attribute(name.c_str(), static_cast<std::int64_t>(value.numbers[0]));
      else
        one.attribute(name.c_str(), static_cast<float>(value.numbers[0]));
    }
    return one.output;
  }

  net_description net;
  std::vector<std::size_t> shape; // of a sample, at x; of a sequence of a step
  std::size_t steps = 0;          // of a sequence, at x; 0: it is none
  bool by_rows = false;           // x is [batch steps, ...]
  std::vector<node> nodes;
  std::vector<std::vector<std::size_t>> branch_shapes; // of a composite's outputs
  protobuf_message initializers, outputs;
  std::size_t constants = 0;
};

} // namespace inlay::io::detail
