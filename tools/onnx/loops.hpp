#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// An RNN that is written step by step, as torch.export leaves it, becomes the operator again: h = σ(h R + c + x_t) from zeros, x_t the
/// steps of one tensor [steps, batch, units] in their order. `values` are those of all tensors for some input that differs from step
/// to step.
void roll_loops(graph& model, const std::map<std::string, tensor>& values);

/// Whether there may be one.
bool may_have_loops(const graph& model);

} // namespace inlay::onnx
