#pragma once

#include "imported_model.hpp"
#include "recognize/follower.hpp"

namespace inlay::onnx {

/// Runs the graph on the given inputs, or on made up ones, and keeps both for the header: `into.x` and `into.y`. Throws
/// io::error if the layers of `into.net` do not compute the same.
void add_verification(imported_model& into, const graph& model, const follower& followed,
                      const std::vector<tensor>& given);

} // namespace inlay::onnx
