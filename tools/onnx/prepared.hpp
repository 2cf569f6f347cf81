#pragma once

#include "import.hpp"

namespace inlay::onnx {

/// The graph with the shapes that were given, without what says nothing of the net: conditions that are constant, tails that sample or
/// choose. `notes` gets a line for what may surprise. Throws io::error.
graph prepared(graph model, const import_options& options, std::vector<std::string>& notes);

} // namespace inlay::onnx
