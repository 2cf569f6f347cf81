#pragma once

#include "recognize/recognizer_row.hpp"

#include <functional>

namespace inlay::onnx {

/// What a follower's way computes from the current tensor up to a node through which all of it goes: a function of a tensor, in
/// whatever operators it is written.
struct formula {
  const follower& here;
  nodes_t nodes; ///< the last is that node

  const node& end() const { return *nodes.back(); }
  /// The last node's result for another current tensor of the same shape.
  tensor operator()(const tensor& x) const { return values({{here.current, x}}, end()).at(end().outputs[0]); }
  /// What is computed up to one of its nodes, which is computed too, where some tensors are given.
  std::map<std::string, tensor> values(std::map<std::string, tensor> given, const node& last) const;
  /// Whether a node is of one of these operations.
  bool has(std::initializer_list<const char*> operations) const;
};

/// The formulas of nodes that `known` accepts, from the shortest to the longest. A node's inputs are those of the formula and
/// constants.
std::vector<formula> formulas(const follower& here, const way& on, const std::function<bool(const node&)>& known);

} // namespace inlay::onnx
