#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// The outputs that are meant: those of these names, or where there are none all that a net can have; constants and copies of
/// inputs are passed over. Throws io::error where that leaves none.
std::vector<port> choose_outputs(const graph& model, const std::vector<std::string>& names);
/// The model without what its outputs do not need: a classifier's labels, say. Each node computes one output, see node::which.
/// Throws io::error for a node that is needed and that the interpreter does not know.
graph pruned(graph model, const std::vector<port>& outputs);
/// Throws io::error for an output that no input has to do with.
[[noreturn]] void refuse_without_input(const graph& model, const std::string& output);

/// What is wanted of an input or output of another type.
inline constexpr const char* float_or_double =
    "a tensor of FLOAT or DOUBLE (export the model in single precision: model.float() in PyTorch)";
/// The same of an output of whole numbers or truth values.
inline constexpr const char* floats_before_label = "a tensor of FLOAT or DOUBLE, as OUTPUT with the name of one that this is made of";

} // namespace inlay::onnx
