#pragma once

#include "recognize/follower.hpp"

namespace inlay::onnx {

/// What comes next on the way of a follower.
struct way {
  const std::string& end;  ///< the tensor that it leads to
  const nodes_t& between;  ///< all nodes on the way
  nodes_t next;            ///< those of them that use the current tensor; at least one
  std::vector<step>& into;
};

/// One of the branches that meet in a node: what leads to one of its inputs.
struct arm {
  std::string tensor;
  std::vector<step> steps;
  position at; ///< where it ends
};
/// Where branches meet.
struct meeting {
  const node& of;
  std::vector<arm> arms; ///< one for each input that varies, in their order
  std::vector<step>& into;
};

/// What is taken for a layer, or for a step of one.
struct recognizer_row {
  const char* operation; ///< node::operation() of the only node that comes next; or several_nodes
  /// Adds steps and moves the follower on. False: it is something else. Throws io::error for what almost is one.
  bool (*take)(follower& here, const way& on);
  /// Of an operator in which branches meet: adds one step for all of them, and moves the follower on.
  void (*join)(follower& here, meeting& at) = nullptr;
};
using recognizer_rows = std::vector<recognizer_row>;
/// It looks for itself at what comes next, and is asked before those that take one node.
inline constexpr const char* several_nodes = "";

} // namespace inlay::onnx
