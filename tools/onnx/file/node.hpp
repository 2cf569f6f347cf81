#pragma once

#include "file/tensor.hpp"

#include "inlay/io/error.hpp"

#include <map>
#include <memory>
#include <optional>

namespace inlay::onnx {

struct attribute {
  std::optional<double> number; ///< of a float or an int
  std::vector<double> numbers;
  std::string text;
  std::optional<tensor> value;
};

struct body;

struct node {
  std::string name, op, domain;
  std::vector<std::string> inputs, outputs;
  std::map<std::string, attribute> attributes;
  std::map<std::string, std::shared_ptr<const body>> bodies{}; ///< of an If; what they take from around them is among its inputs
  std::size_t which = 0, parts = 1;   ///< which of its operator's outputs the only one is, and how many there were
  std::optional<io::error> refused{}; ///< what is wrong with its attributes: an error if the node is needed

  /// "Gemm", "ai.onnx.ml.Scaler"; what no operator is called may be anything.
  std::string operation() const { return domain.empty() ? op : domain + "." + op; }
  bool is_recurrent() const { return domain.empty() && (op == "LSTM" || op == "GRU" || op == "RNN"); }
  /// "node 'fc1' (Gemm)", for errors; an unnamed node is known by its first output.
  std::string title() const;
  double number(const std::string& attribute, double otherwise) const;
  std::vector<std::int64_t> list(const std::string& attribute) const;
  std::string text(const std::string& attribute, const std::string& otherwise) const;
};

/// A graph within a node.
struct body {
  std::vector<node> nodes{};
  std::map<std::string, tensor> constants{};
  std::vector<std::string> outputs{};
};

} // namespace inlay::onnx
