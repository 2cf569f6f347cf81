#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx {

/// Null for an operator that the interpreter does not know.
const operator_row* find_operator(const node& of);
bool is_elementwise(const node& of);

} // namespace inlay::onnx
