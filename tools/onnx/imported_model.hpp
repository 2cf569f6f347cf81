#pragma once

#include "file/graph.hpp"

#include "inlay/io/detail/description.hpp"

namespace inlay::onnx {

/// A model as an inlay net, and what it computes by the interpreter.
struct imported_model {
  io::detail::net_description net;
  std::vector<port> inputs, outputs;          ///< in the order in which the net has them
  std::vector<std::vector<double>> x, y;      ///< verification vectors, one sample each, all inputs and all outputs one after the other
  std::vector<std::string> notes;             ///< what of the graph is not in the net, a line each
  std::vector<std::vector<double>> tolerance; ///< of y, in the arithmetic of the net's scalar
};

} // namespace inlay::onnx
