#pragma once

#include <cstddef>
#include <string>

namespace inlay::onnx {

/// ONNX's name of an element type, "FLOAT16".
std::string type_name(int type);

/// Bytes of an element; 0 for a type that is not read.
std::size_t width_of(int type);
/// The element of a type that is read whose bytes begin at `at`.
double raw_number(int type, const char* at);

} // namespace inlay::onnx
