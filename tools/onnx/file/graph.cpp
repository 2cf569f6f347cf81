#include "file/graph.hpp"

#include "file/tensor_reader.hpp"
#include "file/wire_format.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/math/arithmetic.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace inlay::onnx {

using io::detail::in_quotes;

std::string node::title() const {
  const std::string& known_by = !name.empty() || outputs.empty() ? name : outputs[0];
  return "node " + in_quotes(known_by) + " (" + io::detail::printable(operation()) + ")";
}
double node::number(const std::string& attribute, double otherwise) const {
  const auto found = attributes.find(attribute);
  return found == attributes.end() ? otherwise : found->second.number.value_or(otherwise);
}
std::vector<std::int64_t> node::list(const std::string& attribute) const {
  std::vector<std::int64_t> numbers;
  if (const auto found = attributes.find(attribute); found != attributes.end())
    for (const double number : found->second.numbers)
      numbers.push_back(static_cast<std::int64_t>(std::clamp(number, -0x1p53, 0x1p53)));
  return numbers;
}
std::string node::text(const std::string& attribute, const std::string& otherwise) const {
  const auto found = attributes.find(attribute);
  return found == attributes.end() ? otherwise : found->second.text;
}

namespace {

using ::onnx::AttributeProto, ::onnx::GraphProto, ::onnx::ModelProto, ::onnx::NodeProto, ::onnx::TensorProto,
    ::onnx::ValueInfoProto;

attribute read_attribute(const AttributeProto& from, const node& of, tensor_reader& reader) {
  attribute into;
  const float number = from.f();
  if (from.has_f() && !math::is_finite(number))
    throw io::error(reader.file, of.title(), "finite attributes", in_quotes(from.name()) + " infinite or NaN");
  switch (from.type()) {
  case AttributeProto::FLOAT:
    into.number = static_cast<double>(from.f());
    break;
  case AttributeProto::INT:
    into.number = static_cast<double>(from.i());
    break;
  case AttributeProto::STRING:
    into.text = from.s();
    break;
  case AttributeProto::TENSOR:
    into.value = reader.read(from.t(), of.title() + ", attribute " + in_quotes(from.name()));
    break;
  case AttributeProto::FLOATS:
    into.numbers.assign(from.floats().begin(), from.floats().end());
    break;
  case AttributeProto::INTS:
    for (const auto number : from.ints())
      into.numbers.push_back(static_cast<double>(number));
    break;
  default:
    throw io::error(reader.file, of.title(), "attributes that are numbers, strings or tensors",
                    in_quotes(from.name()) + " of type " + AttributeProto::AttributeType_Name(from.type()));
  }
  if (from.type() == AttributeProto::INT && std::abs(*into.number) > 0x1p53)
    throw io::error(reader.file, of.title(), "whole numbers below 2^53", "attribute " + in_quotes(from.name()));
  for (const double number : into.numbers)
    if (!(std::abs(number) <= 0x1p53))
      throw io::error(reader.file, of.title(), "numbers below 2^53", "attribute " + in_quotes(from.name()));
  return into;
}

node read_node(const NodeProto& from, tensor_reader& reader) {
  node into{from.name(),
            from.op_type(),
            from.domain() == "ai.onnx" ? "" : from.domain(),
            {from.input().begin(), from.input().end()},
            {from.output().begin(), from.output().end()},
            {}};
  try {
    for (const auto& attribute : from.attribute())
      if (!into.attributes.emplace(attribute.name(), read_attribute(attribute, into, reader)).second)
        throw io::error(reader.file, into.title(), "each attribute once", in_quotes(attribute.name()) + " twice");
  } catch (const io::error& why) {
    into.refused = why;
  }
  return into;
}

port read_port(const ValueInfoProto& from) {
  port into{.name = from.name(), .shape = {}, .shape_text = "[", .type = "no tensor"};
  if (!from.type().has_tensor_type())
    return into;
  const auto& type = from.type().tensor_type();
  into.type = type_name(type.elem_type());
  into.has_shape = type.has_shape();
  into.double_precision = type.elem_type() == TensorProto::DOUBLE;
  into.floating = into.double_precision || type.elem_type() == TensorProto::FLOAT;
  for (const auto& dimension : type.shape().dim()) {
    const bool known = dimension.has_dim_value() && dimension.dim_value() > 0;
    into.shape.push_back(known ? dimension.dim_value() : -1);
    const std::string name = dimension.dim_param().empty() ? "?" : io::detail::printable(dimension.dim_param(), 40);
    into.shape_text += (into.shape.size() > 1 ? ", " : "") + (known ? std::to_string(dimension.dim_value()) : name);
  }
  into.shape_text += "]";
  return into;
}

std::int64_t read_opset(const ModelProto& model, const std::string& file) {
  std::int64_t opset = 0;
  for (const auto& import : model.opset_import())
    if (import.domain().empty() || import.domain() == "ai.onnx")
      opset = import.version();
  // Old ones too: what has changed since then has changed its attributes, and unknown ones are refused. From 22 to 25
  // the operators known here have changed in the types that they take, and Cast in an attribute.
  if (opset < 1 || opset > 25)
    throw io::error(file, "opset_import", "an opset up to 25, which exporters can be told to write",
                    opset ? std::to_string(opset) : "none");
  return opset;
}

/// Each name once, and each before it is used.
void check_order(const graph& model) {
  std::set<std::string> known{""};
  for (const auto& [name, value] : model.constants)
    known.insert(name);
  for (const auto& [name, why] : model.refused)
    known.insert(name);
  for (const auto& input : model.inputs)
    known.insert(input.name);
  for (const node& of : model.nodes) {
    for (const auto& input : of.inputs)
      if (!known.contains(input))
        throw io::error(model.file, of.title(), "inputs that are computed before it",
                        in_quotes(input) + ", which is not");
    for (const auto& output : of.outputs)
      if (!output.empty() && !known.insert(output).second)
        throw io::error(model.file, of.title(), "a name of its own for each output", in_quotes(output) + " twice");
  }
}

} // namespace

graph parse_graph(std::span<const std::byte> bytes, const std::string& file, const std::filesystem::path& folder) {
  ModelProto model;
  if (bytes.size() > 0x7fffffff || !is_well_formed(bytes, message_kind::model) ||
      !model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || !model.has_graph())
    throw io::error(file, "", "an ONNX model", std::to_string(bytes.size()) + " bytes that are none");
  graph into;
  into.file = file, into.opset = read_opset(model, file);
  if (model.functions_size())
    throw io::error(file, "function " + in_quotes(model.functions(0).name()), "a model without functions of its own",
                    "one; inline it (onnx.inliner.inline_local_functions)");
  const GraphProto& from = model.graph();
  tensor_reader reader{file, folder};
  for (const auto& initializer : from.initializer()) {
    const std::string part = "initializer " + in_quotes(initializer.name());
    if (into.constants.contains(initializer.name()) || into.refused.contains(initializer.name()))
      throw io::error(file, part, "each name once", "this one twice");
    try {
      into.constants.emplace(initializer.name(), reader.read(initializer, part));
    } catch (const io::error& why) { // the names of a classifier's classes, say, which are strings
      into.refused.emplace(initializer.name(), why);
    }
  }
  if (from.sparse_initializer_size())
    throw io::error(file, "", "dense initializers", "a sparse one");
  for (const auto& one : from.node())
    into.nodes.push_back(read_node(one, reader));
  for (const auto& input : from.input())
    if (!into.constants.contains(input.name()) && !into.refused.contains(input.name()))
      into.inputs.push_back(read_port(input)); // old models list initializers too
  for (const auto& output : from.output())
    into.outputs.push_back(read_port(output));
  into.element_limit = (std::size_t{1} << 20) + 8 * (bytes.size() + reader.external_bytes);
  into.files = reader.files;
  check_order(into);
  return into;
}

graph load_graph(const std::filesystem::path& path) {
  auto model = parse_graph(io::detail::read_file(path), path.string(), path.parent_path());
  model.files.insert(model.files.begin(), path);
  return model;
}

tensor load_tensor(const std::filesystem::path& path) {
  const auto bytes = io::detail::read_file(path);
  TensorProto proto;
  if (bytes.size() > 0x7fffffff || !is_well_formed(bytes, message_kind::tensor) ||
      !proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    throw io::error(path.string(), "", "an ONNX tensor", std::to_string(bytes.size()) + " bytes that are none");
  return tensor_reader{path.string(), path.parent_path()}.read(proto, "tensor");
}

} // namespace inlay::onnx
