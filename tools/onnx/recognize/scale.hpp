#pragma once

#include "recognize/follower.hpp"

namespace inlay::onnx {

/// Adds a step of one factor and one summand for each feature, given for each element of the current tensor. Throws
/// io::error where samples have some of their own.
void add_scale(follower& here, const node& of, std::vector<step>& into, const std::vector<double>& scale,
               const std::vector<double>& shift);

} // namespace inlay::onnx
