#pragma once

#include "recognize/recognizer_row.hpp"

namespace inlay::onnx {

/// Whether a recognizer has taken what comes next: one of several nodes,
bool recognize_nodes(follower& here, const way& on);
/// or one of this operation;
bool recognize_node(follower& here, const way& on);
/// or the node in which branches meet. Null: there is none for its operation.
const recognizer_row* find_join(const node& of);

} // namespace inlay::onnx
