#pragma once

#include <cstddef>
#include <span>

namespace inlay::onnx {

enum class message_kind {
  model,
  tensor,
};

/// Whether the bytes are fields whose lengths fit into one another, as a ModelProto or TensorProto has them: to be
/// asked before protobuf is. Where a message claims to be longer than the one that it is in, protobuf reserves 50 MB
/// for a string of that length before it finds out; and it makes an object of a hundred bytes of each two bytes of an
/// empty message.
bool is_well_formed(std::span<const std::byte> bytes, message_kind kind);

} // namespace inlay::onnx
