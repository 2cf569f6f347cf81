#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/protobuf.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"
#include "inlay/io/state_dict.hpp"

#include <cstring>
#include <initializer_list>

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
    nodes.back().output = "output";
    protobuf_message graph;
    for (const node& one : nodes)
      graph.message(1, one.written());
    graph.text(2, "inlay").bytes += initializers.bytes;
    graph.message(11, port("input", input_shape)).message(12, port("output", shape));
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
    node& list(const char* name, std::initializer_list<std::size_t> values) {
      protobuf_message attribute;
      attribute.text(1, name);
      for (const std::size_t value : values)
        attribute.integer(8, value);
      attributes.message(5, attribute.integer(20, 7));
      return *this;
    }
  };

  node& add(const char* op, std::vector<std::string> inputs) {
    return nodes.emplace_back(node{op, "t" + std::to_string(nodes.size()), std::move(inputs), {}});
  }
  std::string last() const { return nodes.back().output; }

  int type() const { return net.double_precision ? 11 : 1; }

  protobuf_message port(const char* name, const std::vector<std::size_t>& extents) const {
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

  /// int64s, for Reshape: as many samples as there are (0), then the extents.
  std::string shape_constant(const std::vector<std::size_t>& extents) {
    std::string raw(8 * (extents.size() + 1), '\0');
    for (std::size_t i = 0; i < extents.size(); ++i) {
      const std::uint64_t extent = extents[i];
      std::memcpy(raw.data() + 8 * (i + 1), &extent, 8);
    }
    const std::string name = "c" + std::to_string(constants++);
    initializers.message(5, protobuf_message().integer(1, extents.size() + 1).integer(2, 7).text(8, name).text(9, raw));
    return name;
  }

  void flatten(std::string& x) {
    if (shape.size() == 1)
      return;
    add("Flatten", {x}).attribute("axis", std::int64_t{1});
    x = last();
  }

  void add_layers(const std::vector<layer_description>& layers, std::string& x, const std::string& within) {
    for_each_indexed(layers, [&](const layer_description& layer, const std::string& module) {
      if (layer.kind == layer_kind::dense) {
        flatten(x);
        add("Gemm", {x, initializer(within + module + ".weight", weight_shape(layer), layer.weights),
                     initializer(within + module + ".bias", {layer.biases.size()}, layer.biases)})
            .attribute("transB", std::int64_t{1});
        x = last();
      } else if (layer.kind == layer_kind::conv1d) {
        add("Conv", {x, initializer(within + module + ".weight", weight_shape(layer), layer.weights),
                     initializer(within + module + ".bias", {layer.biases.size()}, layer.biases)})
            .list("kernel_shape", {layer.kernel})
            .list("strides", {layer.stride})
            .list("dilations", {layer.dilation});
        x = last();
      } else if (layer.kind == layer_kind::transpose) {
        add("Transpose", {x}).list("perm", {0, 2, 1});
        x = last();
      } else if (layer.kind == layer_kind::residual) {
        const std::string before = x;
        add_layers(layer.inner, x, within + module + ".");
        add("Add", {before, x});
        x = last();
      }
      shape = layer.output;
      if (layer.kind == layer_kind::activation || layer.activation.name != "identity")
        add_activation(layer.activation, x);
    });
  }
  void add_activation(const activation_description& of, std::string& x) {
    const std::string& name = of.name;
    const auto then = [&](const char* op, std::vector<std::string> inputs) {
      return add(op, std::move(inputs)).output;
    };
    static const std::map<std::string, const char*> operators{
        {"identity", "Identity"}, {"relu", "Relu"},        {"leaky_relu", "LeakyRelu"}, {"elu", "Elu"},
        {"celu", "Celu"},         {"selu", "Selu"},        {"sigmoid", "Sigmoid"},      {"tanh", "Tanh"},
        {"softplus", "Softplus"}, {"softsign", "Softsign"}};
    if (const auto found = operators.find(name); found != operators.end()) {
      node& one = add(found->second, {x});
      if (name == "leaky_relu" || name == "elu" || name == "celu")
        one.attribute("alpha", static_cast<float>(of.parameter));
    } else if (name == "hard_sigmoid" || name == "hard_swish") {
      add("HardSigmoid", {x}).attribute("alpha", 1.0f / 6).attribute("beta", 0.5f);
      if (name == "hard_swish")
        add("Mul", {x, last()});
    } else if (name == "hard_tanh") {
      add("Clip", {x, constant(-1), constant(1)});
    } else if (name == "silu") {
      add("Mul", {x, then("Sigmoid", {x})});
    } else if (name == "mish") {
      add("Mul", {x, then("Tanh", {then("Softplus", {x})})});
    } else if (name == "gelu") {
      const auto erf = then("Erf", {then("Div", {x, constant(1.4142135623730951)})});
      add("Mul", {then("Mul", {x, then("Add", {erf, constant(1)})}), constant(0.5)});
    } else if (name == "gelu_tanh") {
      const auto cube = then("Mul", {x, then("Mul", {x, x})});
      const auto inside =
          then("Mul", {constant(0.7978845608028654), then("Add", {x, then("Mul", {constant(0.044715), cube})})});
      add("Mul", {then("Mul", {x, then("Add", {then("Tanh", {inside}), constant(1)})}), constant(0.5)});
    } else if (name == "softmax" || name == "log_softmax") { // of all features of a sample
      const auto whole = shape;
      flatten(x);
      add(name == "softmax" ? "Softmax" : "LogSoftmax", {x}).attribute("axis", std::int64_t{-1});
      if (whole.size() > 1)
        add("Reshape", {last(), shape_constant(whole)});
    } else {
      throw error("memory", "activation", "one that ONNX can express",
                  name.empty() ? "one of your own" : in_quotes(name));
    }
    x = last();
  }

  net_description net;
  std::vector<std::size_t> shape; // of a sample, at x
  std::vector<node> nodes;
  protobuf_message initializers;
  std::size_t constants = 0;
};

} // namespace inlay::io::detail
