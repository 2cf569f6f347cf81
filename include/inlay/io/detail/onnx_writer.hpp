#pragma once

#include "inlay/io/detail/activation_entry.hpp"
#include "inlay/io/detail/formula_names.hpp"
#include "inlay/io/detail/onnx_formula.hpp"
#include "inlay/io/detail/protobuf.hpp"
#include "inlay/io/detail/window_options.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"
#include "inlay/io/state_dict.hpp"

#include <cstring>
#include <map>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// Writes a net as an ONNX graph of opset 13, which runtimes have read since 2020. The field numbers are
/// those of onnx.proto. An activation without an operator there is written as PyTorch's exporter does.
class onnx_writer {
public:
  explicit onnx_writer(net_description net) : net(std::move(net)) {
    std::string x = "input";
    shape = this->net.input;
    const auto input_shape = shape;
    add_layers(this->net.layers, x, "");
    if (outputs.bytes.empty()) {
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

  void add_layers(const std::vector<layer_description>& layers, std::string& x, const std::string& within) {
    for_each_indexed(layers, [&](const layer_description& layer, const std::string& module) {
      if (!*layer.is.onnx)
        throw error("memory", "layer", "one that ONNX can express", in_quotes(layer.is.name));
      if (!layer.is_activation()) {
        std::map<std::string, std::string> tensors{{"x", x}};
        for (const auto& [name, extents, values, trained] : layer.parameters)
          tensors[name] = initializer(within + module + "." + name, extents, values);
        check_windows(layer);
        for (std::size_t k = 0; k < layer.branches.size(); ++k) {
          std::string y = x;
          shape = layer.input;
          add_layers(layer.branches[k], y, within + module + "." + layer.module_of(k));
          tensors["inner" + std::to_string(k)] = y;
        }
        branch_shapes.clear();
        for (const auto& branch : layer.branches)
          branch_shapes.push_back(branch.empty() ? layer.input : branch.back().output);
        if (layer.is_input())
          tensors["input"] = "input" + std::to_string(layer.number("k"));
        shape = layer.input;
        x = add_formula(onnx_formula_reader::read(layer.is.onnx), tensors, formula_names(layer));
      }
      shape = layer.output;
      if (layer.is_activation() || layer.has_activation())
        add_activation(layer.activation, x);
    });
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
      flatten(x);
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
  std::vector<std::size_t> shape; // of a sample, at x
  std::vector<node> nodes;
  std::vector<std::vector<std::size_t>> branch_shapes; // of a composite's outputs
  protobuf_message initializers, outputs;
  std::size_t constants = 0;
};

} // namespace inlay::io::detail
