#pragma once

#include "recognize/follower.hpp"

namespace inlay::onnx {

/// Throws io::error for a node that no recognizer takes, saying what it is.
[[noreturn]] void refuse(const follower& here, const node& of);
/// The same of a node in which branches meet.
[[noreturn]] void refuse_meeting(const follower& here, const node& of);

} // namespace inlay::onnx
