#pragma once

#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/scale.hpp"

#include "inlay/io/detail/text.hpp"

/// What recognizers of nodes in which branches meet have in common.
namespace inlay::onnx {

/// To the end of an arm.
void enter_arm(follower& here, const arm& one);
/// As many elements as the result of the node has, by repeating some.
void spread(follower& here, const node& of);
/// Puts the arm's elements in their order, and keeps where it ends.
void close_arm(follower& here, const node& of, arm& one);
/// The step of all arms, and the follower at the node's result: "add", "multiply", "concat"; or "" of outputs.
void add_join(follower& here, meeting& at, const char* word);

} // namespace inlay::onnx
