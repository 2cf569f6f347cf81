#pragma once

#include "recognize/follower.hpp"

namespace inlay::onnx {

/// For each number of all inputs, one after the other, whether it is part of a mask: something like (1 - m) 1e8 is made of it,
/// so it is meant to be 0 or 1.
std::vector<bool> masks_of(const follower& of);

} // namespace inlay::onnx
