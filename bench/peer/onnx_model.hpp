#pragma once

#include "net/topology.hpp"

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bench {

/// A message in the encoding of protocol buffers, field by field.
class protobuf {
public:
  protobuf& integer(unsigned field, std::uint64_t value) {
    varint(field << 3);
    varint(value);
    return *this;
  }
  protobuf& bytes(unsigned field, std::string_view value) { // a string, raw data, or a message within this one
    varint(field << 3 | 2);
    varint(value.size());
    bytes_ += value;
    return *this;
  }
  operator std::string_view() const { return bytes_; }

private:
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  std::string bytes_;
};

/// The operator of ONNX for an activation that has one without attributes.
inline std::optional<std::string> onnx_operator(const std::string& activation) {
  if (activation == "relu") return "Relu";
  if (activation == "tanh") return "Tanh";
  if (activation == "sigmoid") return "Sigmoid";
  if (activation == "softplus") return "Softplus";
  if (activation == "softsign") return "Softsign";
  return {};
}

/// A net as an ONNX model from "x" to "y" for that many samples: a Gemm for each layer, with W as [out][in].
inline std::string onnx_model(const topology& net, std::span<const float> parameters, std::size_t batch) {
  constexpr std::uint64_t float_type = 1;
  const auto tensor = [&](const std::string& name, const float* data, std::initializer_list<std::size_t> dimensions) {
    protobuf t;
    std::size_t count = 1;
    for (const auto d : dimensions) t.integer(1, d), count *= d;
    return t.integer(2, float_type)
        .bytes(8, name)
        .bytes(9, {reinterpret_cast<const char*>(data), count * sizeof(float)});
  };
  const auto value = [&](const std::string& name, std::size_t width) {
    const auto shape = protobuf().bytes(1, protobuf().integer(1, batch)).bytes(1, protobuf().integer(1, width));
    const auto type = protobuf().integer(1, float_type).bytes(2, shape);
    return protobuf().bytes(1, name).bytes(2, protobuf().bytes(1, type));
  };

  protobuf graph;
  std::string below = "x";
  const float* w = parameters.data();
  for (std::size_t l = 1; l <= net.depth(); ++l) {
    const auto out = net.widths[l], in = net.widths[l - 1];
    const auto number = std::to_string(l), weights = "w" + number, biases = "b" + number;
    const auto activation = onnx_operator(net.activations[l]);
    const auto a = l == net.depth() ? "y" : "a" + number, z = activation ? "z" + number : a;
    const auto transposed =
        protobuf().bytes(1, "transB").integer(3, 1).integer(20, 2); // an attribute; its type is integer
    const auto inputs = protobuf().bytes(1, below).bytes(1, weights).bytes(1, biases);
    graph.bytes(1, protobuf(inputs).bytes(2, z).bytes(4, "Gemm").bytes(5, transposed));
    if (activation) graph.bytes(1, protobuf().bytes(1, z).bytes(2, a).bytes(4, *activation));
    graph.bytes(5, tensor(weights, w, {out, in})).bytes(5, tensor(biases, w + out * in, {out}));
    w += out * (in + 1);
    below = a;
  }
  graph.bytes(2, "net").bytes(11, value("x", net.inputs())).bytes(12, value("y", net.outputs()));
  const auto operators = protobuf().bytes(1, "").integer(2, 13); // ONNX's own, version 13
  return std::string(protobuf().integer(1, 7).bytes(7, graph).bytes(8, operators));
}

} // namespace bench
