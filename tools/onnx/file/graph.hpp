#pragma once

#include "file/tensor.hpp"

#include "inlay/io/error.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <span>

namespace inlay::onnx {

struct attribute {
  std::optional<double> number; ///< of a float or an int
  std::vector<double> numbers;
  std::string text;
  std::optional<tensor> value;
};

struct node {
  std::string name, op, domain;
  std::vector<std::string> inputs, outputs;
  std::map<std::string, attribute> attributes;
  std::optional<io::error> refused{}; ///< what is wrong with its attributes: an error if the node is needed

  /// "Gemm", "ai.onnx.ml.Scaler"; what no operator is called may be anything.
  std::string operation() const { return domain.empty() ? op : domain + "." + op; }
  /// "node 'fc1' (Gemm)", for errors; an unnamed node is known by its first output.
  std::string title() const;
  double number(const std::string& attribute, double otherwise) const;
  std::vector<std::int64_t> list(const std::string& attribute) const;
  std::string text(const std::string& attribute, const std::string& otherwise) const;
};

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
  std::vector<std::filesystem::path> files; ///< the model, and those with its external data
};

/// Reads the model. Throws io::error.
graph load_graph(const std::filesystem::path& path);
/// The same from memory; external data would be in `folder`.
graph parse_graph(std::span<const std::byte> bytes, const std::string& file, const std::filesystem::path& folder = {});
/// A TensorProto, as in ONNX's own test data.
tensor load_tensor(const std::filesystem::path& path);

} // namespace inlay::onnx
