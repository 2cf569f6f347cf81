#pragma once

#include "file/graph.hpp"

namespace inlay::onnx {

/// Puts in place of each Attention of opset 23 the operators that exporters wrote before it; one with a past, other heads of its keys
/// or a softcap stays, and is refused.
void spell_out_attention(graph& model);

} // namespace inlay::onnx
