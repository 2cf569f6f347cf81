#pragma once

#include "recognize/follower.hpp"

namespace inlay::onnx {

/// What comes next on the way of a follower.
struct way {
  const std::string& end; ///< the tensor that it leads to
  const nodes_t& without; ///< these nodes are no part of it
  nodes_t next;           ///< those that use the current tensor; at least one
  std::vector<step>& into;
};

/// What is taken for a layer, or for a step of one.
struct recognizer_row {
  const char* operation; ///< node::operation() of the only node that comes next; or several_nodes
  /// Adds steps and moves the follower on. False: it is something else. Throws io::error for what almost is one.
  bool (*take)(follower& here, const way& on);
};
using recognizer_rows = std::vector<recognizer_row>;
/// It looks for itself at what comes next, and is asked before those that take one node.
inline constexpr const char* several_nodes = "";

} // namespace inlay::onnx
