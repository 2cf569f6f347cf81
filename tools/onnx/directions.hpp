#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// A forward and a reverse LSTM, GRU or RNN of the same sequence become one operator of both directions, of which each has its part.
void join_directions(graph& model);

} // namespace inlay::onnx
