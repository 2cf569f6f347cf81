#include "file/graph.hpp"

#include "file/element_type.hpp"
#include "file/node_reader.hpp"
#include "file/wire_format.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace inlay::onnx {

using io::detail::in_quotes;

namespace {

using ::onnx::GraphProto, ::onnx::ModelProto, ::onnx::TensorProto, ::onnx::ValueInfoProto;

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
  // Old ones too: what has changed since then has changed its attributes, and unknown ones are refused. From 22 to 26
  // the operators known here have changed in the types that they take, and Cast in an attribute.
  if (opset < 1 || opset > 26)
    throw io::error(file, "opset_import", "an opset up to 26, which exporters can be told to write",
                    opset ? std::to_string(opset) : "none");
  return opset;
}

/// Each name once, and each before it is used: nodes in another order are sorted, with a note.
void put_in_order(graph& model) {
  std::set<std::string> known{""}, made;
  for (const auto& [name, value] : model.constants)
    known.insert(name);
  for (const auto& [name, why] : model.refused)
    known.insert(name);
  for (const auto& input : model.inputs)
    known.insert(input.name);
  for (const node& of : model.nodes)
    for (const auto& output : of.outputs)
      if (!output.empty() && (known.contains(output) || !made.insert(output).second))
        throw io::error(model.file, of.title(), "a name of its own for each output", in_quotes(output) + " twice");
  const auto unknown = [&](const node& of) {
    return std::find_if(of.inputs.begin(), of.inputs.end(), [&](const std::string& name) { return !known.contains(name); });
  };
  std::map<std::string, std::vector<std::size_t>> waiting; // for a tensor, nodes by their number
  std::vector<std::size_t> order, ready;
  for (std::size_t k = 0; k < model.nodes.size(); ++k) {
    ready.push_back(k);
    while (!ready.empty()) {
      const std::size_t next = ready.back();
      ready.pop_back();
      const node& of = model.nodes[next];
      if (const auto missing = unknown(of); missing != of.inputs.end()) {
        waiting[*missing].push_back(next);
        continue;
      }
      order.push_back(next);
      for (const auto& output : of.outputs) {
        known.insert(output);
        const auto found = waiting.find(output);
        if (output.empty() || found == waiting.end())
          continue;
        ready.insert(ready.end(), found->second.rbegin(), found->second.rend());
        waiting.erase(found);
      }
    }
  }
  if (order.size() != model.nodes.size())
    for (const node& of : model.nodes)
      if (const auto missing = unknown(of); missing != of.inputs.end())
        throw io::error(model.file, of.title(), "inputs that are computed before it", in_quotes(*missing) + ", which is not");
  if (std::is_sorted(order.begin(), order.end()))
    return;
  std::vector<node> nodes;
  for (const std::size_t k : order)
    nodes.push_back(std::move(model.nodes[k]));
  model.nodes = std::move(nodes);
  model.notes.push_back("nodes: sorted, as some were before others that they use");
}

/// What bytes that are no ONNX model are, and of formats that others convert, the line that does.
std::string found_instead(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), std::size_t{8}));
  if (text == "\x89HDF\r\n\x1a\n")
    return "a file of Keras (HDF5); convert it: python3 -m tf2onnx.convert --keras net.h5 --output net.onnx";
  if (text.size() == 8 && text.substr(4) == "TFL3")
    return "a file of TensorFlow Lite; convert it: python3 -m tf2onnx.convert --tflite net.tflite --output net.onnx";
  return std::to_string(bytes.size()) + " bytes that are none";
}

} // namespace

graph parse_graph(std::span<const std::byte> bytes, const std::string& file, const std::filesystem::path& folder) {
  ModelProto model;
  if (bytes.size() > 0x7fffffff || !is_well_formed(bytes, message_kind::model) ||
      !model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || !model.has_graph())
    throw io::error(file, "", "an ONNX model", found_instead(bytes));
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
  put_in_order(into);
  return into;
}

graph load_graph(const std::filesystem::path& path) {
  auto model = parse_graph(io::detail::read_file(path), path.string(), path.parent_path());
  model.files.insert(model.files.begin(), path);
  return model;
}

} // namespace inlay::onnx
