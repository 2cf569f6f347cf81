#pragma once

#include "recognize/recognizer_row.hpp"

namespace inlay::onnx {

/// Follows each branch from here to the node in which all of them meet, and makes one step of them. Throws io::error where no
/// recognizer knows how they become one.
void take_branches(follower& here, const std::string& end, std::vector<step>& into);

/// The node in which all branches from here meet.
const node& meeting_of(const follower& here, const std::string& end);

} // namespace inlay::onnx
