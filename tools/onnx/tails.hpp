#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// Takes from the ends of the graph what draws or chooses: an output of whole numbers that an ArgMax or a Multinomial makes,
/// moved about at most, becomes what those were given; where its shape does not allow that, that tensor is the output. A line
/// for each goes to `notes`.
void cut_tails(graph& model, std::vector<std::string>& notes);

/// The logarithm of a Softmax is a LogSoftmax, which has no infinity where the Softmax underflows.
void join_logarithms(graph& model);

} // namespace inlay::onnx
