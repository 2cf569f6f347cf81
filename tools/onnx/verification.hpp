#pragma once

#include "import.hpp"
#include "recognize/follower.hpp"

namespace inlay::onnx {

/// Runs the graph on the inputs that are given, or on made up ones, and keeps both for the header: `into.x` and `into.y`. Throws
/// io::error if the layers of `into.net` do not compute the same.
void add_verification(imported_model& into, const graph& model, const follower& followed,
                      const import_options& options);

} // namespace inlay::onnx
