#pragma once

#include "import.hpp"

namespace inlay::onnx {

/// Everything that stands in the way of importing a model, in the order of its graph; empty if nothing does.
std::vector<io::error> reasons(const graph& model, const import_options& options = {});

/// What could be taken of such a model by naming outputs, in words; empty if nothing could.
std::vector<std::string> advice(const graph& model, const import_options& options = {});

} // namespace inlay::onnx
