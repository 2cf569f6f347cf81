#pragma once

#include "file/graph.hpp"

#include "inlay/io/detail/description.hpp"

namespace inlay::onnx {

struct import_options {
  std::string output{};         ///< which tensor is the net's output; may be left out where there is no choice
  std::vector<tensor> inputs{}; ///< values to verify with, one sample or a batch each; made up where there are none
};

/// A model as an inlay net, and what it computes by the interpreter.
struct imported_model {
  io::detail::net_description net;
  port input, output;
  std::vector<std::vector<double>> x, y;      ///< verification vectors, one sample each
  std::vector<std::vector<double>> tolerance; ///< of y, in the arithmetic of the net's scalar
};

/// Throws io::error, naming node, operator and what would be needed.
imported_model import_model(const graph& model, const import_options& options = {});

} // namespace inlay::onnx
