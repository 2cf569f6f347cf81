#pragma once

#include "file/node.hpp"

#include <cstddef>
#include <filesystem>
#include <span>

namespace inlay::onnx {

/// What goes in or comes out. An extent that the model leaves open is -1; its name is kept.
struct port {
  std::string name;
  std::vector<std::int64_t> shape;
  std::string shape_text;
  std::string type{};     ///< "FLOAT16", "INT64"...; "no tensor"
  bool has_shape = false; ///< it may also be left out
  bool floating = false, double_precision = false;
};

/// An ONNX model as far as the importer reads it, checked: nodes in an order in which they can be computed.
struct graph {
  std::string file;
  std::int64_t opset = 0;
  std::size_t element_limit = 0; ///< in all tensors that the interpreter may make for the model
  std::vector<node> nodes;
  std::map<std::string, tensor> constants;  ///< initializers
  std::map<std::string, io::error> refused; ///< those that cannot be read: an error if they are needed
  std::vector<port> inputs, outputs;
  std::vector<std::string> notes;           ///< what was put right when it was read
  std::vector<std::filesystem::path> files; ///< the model, and those with its external data
};

/// Reads the model. Throws io::error.
graph load_graph(const std::filesystem::path& path);
/// The same from memory; external data would be in `folder`.
graph parse_graph(std::span<const std::byte> bytes, const std::string& file, const std::filesystem::path& folder = {});

} // namespace inlay::onnx
