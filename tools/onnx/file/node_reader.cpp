#include "file/node_reader.hpp"

#include "inlay/io/detail/text.hpp"
#include "inlay/math/arithmetic.hpp"

#include <cmath>
#include <limits>
#include <set>

namespace inlay::onnx {

using io::detail::in_quotes;
using ::onnx::AttributeProto, ::onnx::GraphProto, ::onnx::NodeProto;

namespace {

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
    for (const auto number : from.ints()) // the largest means: to the end
      into.numbers.push_back(number == std::numeric_limits<std::int64_t>::max() ? 0x1p53 : static_cast<double>(number));
    break;
  case AttributeProto::STRINGS:
    for (const auto& text : from.strings())
      into.text += (into.text.empty() ? "" : ", ") + text;
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

void read_body(const GraphProto& from, const std::string& name, node& of, tensor_reader& reader) {
  auto into = std::make_shared<body>();
  std::set<std::string> made{""};
  const auto make = [&](const std::string& tensor) {
    if (!tensor.empty() && !made.insert(tensor).second)
      throw io::error(reader.file, of.title(), "a name of its own for each tensor", in_quotes(tensor) + " twice in " + in_quotes(name));
  };
  for (const auto& initializer : from.initializer()) {
    make(initializer.name());
    into->constants.emplace(initializer.name(), reader.read(initializer, "initializer " + in_quotes(initializer.name())));
  }
  const auto take = [&](const std::string& tensor) { // from around it
    if (!made.contains(tensor))
      of.inputs.push_back(tensor);
  };
  for (const auto& one : from.node()) {
    into->nodes.push_back(read_node(one, reader));
    for (const auto& input : into->nodes.back().inputs)
      take(input);
    for (const auto& output : into->nodes.back().outputs)
      make(output);
  }
  for (const auto& output : from.output()) {
    into->outputs.push_back(output.name());
    take(output.name());
  }
  if (from.input_size())
    throw io::error(reader.file, of.title(), in_quotes(name) + " without inputs", std::to_string(from.input_size()));
  of.bodies.emplace(name, std::move(into));
}

} // namespace

node read_node(const NodeProto& from, tensor_reader& reader) {
  node into{from.name(),
            from.op_type(),
            from.domain() == "ai.onnx" ? "" : from.domain(),
            {from.input().begin(), from.input().end()},
            {from.output().begin(), from.output().end()},
            {}};
  into.parts = into.outputs.size();
  try {
    for (const auto& attribute : from.attribute())
      if (into.operation() == "If" && attribute.type() == AttributeProto::GRAPH)
        read_body(attribute.g(), attribute.name(), into, reader);
      else if (!into.attributes.emplace(attribute.name(), read_attribute(attribute, into, reader)).second)
        throw io::error(reader.file, into.title(), "each attribute once", in_quotes(attribute.name()) + " twice");
  } catch (const io::error& why) {
    into.refused = why;
  }
  return into;
}

} // namespace inlay::onnx
