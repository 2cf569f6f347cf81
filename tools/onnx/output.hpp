#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// The output that is meant: the one of this name, or where there is none the only one that a net can have. Throws
/// io::error where there is a choice.
port choose_output(const graph& model, const std::string& name);
/// The model without what its output does not need: a classifier's labels, say. Throws io::error for a node that it
/// needs and that the interpreter does not know.
graph pruned(graph model, const std::string& output);
/// Throws io::error for an output that no input has to do with.
[[noreturn]] void refuse_without_input(const graph& model, const std::string& output);

/// What is wanted of an input or output of another type.
inline constexpr const char* float_or_double =
    "a tensor of FLOAT or DOUBLE (export the model in single precision: model.float() in PyTorch)";

} // namespace inlay::onnx
