#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// An LSTM, GRU or RNN that goes one step from a state that is given becomes the formula of that step, in nodes: so a policy
/// whose state goes in and comes out is a net. `values` are those of all tensors for some input. Of a longer sequence it stays
/// what it is.
void expand_cells(graph& model, const std::map<std::string, tensor>& values);

} // namespace inlay::onnx
