#pragma once

#include "catch.hpp"

#include "import.hpp"

#include "inlay/io/error.hpp"

#include "onnx.pb.h"

namespace io = inlay::io;
using namespace inlay::onnx;
using ::onnx::AttributeProto, ::onnx::ModelProto, ::onnx::NodeProto, ::onnx::TensorProto, ::onnx::ValueInfoProto;

/// x [n, 4] -> nodes -> y, with constants of the given shapes.
struct maker {
  ModelProto model;

  maker() {
    model.set_ir_version(8);
    model.add_opset_import()->set_version(13);
    port(model.mutable_graph()->add_input(), "x", {-1, 4});
    port(model.mutable_graph()->add_output(), "y", {});
  }
  static void port(ValueInfoProto* into, const char* name, std::vector<int> shape, int type = TensorProto::FLOAT) {
    into->set_name(name);
    into->mutable_type()->mutable_tensor_type()->set_elem_type(type);
    for (const int extent : shape) {
      auto* dimension = into->mutable_type()->mutable_tensor_type()->mutable_shape()->add_dim();
      if (extent > 0)
        dimension->set_dim_value(extent);
      else
        dimension->set_dim_param("n");
    }
  }
  NodeProto* node(const char* op, std::vector<const char*> inputs, const char* output) {
    auto* into = model.mutable_graph()->add_node();
    into->set_op_type(op);
    into->set_name(std::string(op) + "_" + output);
    for (const char* input : inputs)
      into->add_input(input);
    into->add_output(output);
    return into;
  }
  TensorProto* constant(const char* name, std::vector<int> shape, float value = 0.5f) {
    auto* into = model.mutable_graph()->add_initializer();
    into->set_name(name);
    into->set_data_type(TensorProto::FLOAT);
    int size = 1;
    for (const int extent : shape)
      into->add_dims(extent), size *= extent;
    for (int i = 0; i < size; ++i)
      into->add_float_data(value + 0.1f * static_cast<float>(i));
    return into;
  }
  /// int64s in one dimension, for Reshape.
  void integers(const char* name, std::vector<std::int64_t> values) {
    auto* into = model.mutable_graph()->add_initializer();
    into->set_name(name);
    into->set_data_type(TensorProto::INT64);
    into->add_dims(static_cast<std::int64_t>(values.size()));
    for (const auto value : values)
      into->add_int64_data(value);
  }
  /// x of another shape than [n, 4]; -1 is n.
  void reshape_input(std::vector<int> shape) {
    model.mutable_graph()->mutable_input(0)->Clear();
    port(model.mutable_graph()->mutable_input(0), "x", std::move(shape));
  }
  std::string bytes() const { return model.SerializeAsString(); }
};

inline AttributeProto* add_attribute(NodeProto* of, const char* name) {
  auto* into = of->add_attribute();
  into->set_name(name);
  return into;
}
inline void set(NodeProto* of, const char* name, std::int64_t value) {
  auto* into = add_attribute(of, name);
  into->set_type(AttributeProto::INT);
  into->set_i(value);
}
inline void set(NodeProto* of, const char* name, std::vector<std::int64_t> values) {
  auto* into = add_attribute(of, name);
  into->set_type(AttributeProto::INTS);
  for (const auto value : values)
    into->add_ints(value);
}

/// Few candidates are enough where nothing is asked of the samples that verify.
inline const import_options few_candidates{.candidates = 40};

inline imported_model import_bytes(const std::string& bytes, const import_options& options = few_candidates) {
  return import_model(parse_graph(std::as_bytes(std::span(bytes)), "m", "/nonexistent"), options);
}
inline std::string refusal(const maker& of, const import_options& options = few_candidates) {
  try {
    import_bytes(of.bytes(), options);
  } catch (const io::error& refused) {
    return refused.what();
  }
  return "accepted";
}

/// The layers of a net by their names, branches in brackets.
inline std::string layer_names(const std::vector<io::detail::layer_description>& layers) {
  std::string text;
  for (const auto& layer : layers) {
    text += (text.empty() ? "" : ", ") + std::string(layer.is_activation() ? layer.activation.name : layer.is.name);
    for (std::size_t k = 0; k < layer.branches.size(); ++k)
      text += (k ? " | " : "<") + layer_names(layer.branches[k]) + (k + 1 == layer.branches.size() ? ">" : "");
    if (layer.has_activation() && !layer.is_activation())
      text += " " + layer.activation.name;
  }
  return text;
}

inline bool contains(const std::string& text, const char* part) {
  CAPTURE(text, part);
  return text.find(part) != std::string::npos;
}
