#pragma once

#include "file/node.hpp"
#include "file/tensor_reader.hpp"

namespace inlay::onnx {

/// An attribute that cannot be read refuses the node, not yet the model: the node may not be needed.
node read_node(const ::onnx::NodeProto& from, tensor_reader& reader);

} // namespace inlay::onnx
