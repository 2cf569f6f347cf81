#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// Puts in place of each If whose condition is a constant, or one for a fixed shape, the nodes of the branch that it takes.
void resolve_conditions(graph& model);

} // namespace inlay::onnx
