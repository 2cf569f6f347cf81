#include "file/wire_format.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace inlay::onnx {

namespace {

enum class message {
  none, // a string, or a message of which no field is one
  annotation,
  attribute,
  function,
  graph,
  map,
  model,
  node,
  optional,
  sequence,
  shape,
  sparse_tensor,
  tensor,
  tensor_type,
  training,
  type,
  value_info
};
using enum message;

/// ONNX's schema as far as messages are in messages, by the number of their field.
const std::map<message, std::map<std::uint64_t, message>>& schema() {
  static const std::map<message, std::map<std::uint64_t, message>> all{
      {annotation, {{2, none}}},
      {attribute,
       {{5, tensor},
        {6, graph},
        {10, tensor},
        {11, graph},
        {14, type},
        {15, type},
        {22, sparse_tensor},
        {23, sparse_tensor}}},
      {function, {{7, node}, {9, none}, {11, attribute}, {12, value_info}, {14, none}}},
      {graph,
       {{1, node},
        {5, tensor},
        {11, value_info},
        {12, value_info},
        {13, value_info},
        {14, annotation},
        {15, sparse_tensor},
        {16, none}}},
      {map, {{2, type}}},
      {model, {{7, graph}, {8, none}, {14, none}, {20, training}, {25, function}}},
      {node, {{5, attribute}, {9, none}}},
      {optional, {{1, type}}},
      {sequence, {{1, type}}},
      {shape, {{1, none}}},
      {sparse_tensor, {{1, tensor}, {2, tensor}}},
      {tensor, {{3, none}, {13, none}, {16, none}}},
      {tensor_type, {{2, shape}}},
      {training, {{1, graph}, {2, graph}, {3, none}, {4, none}}},
      {type, {{1, tensor_type}, {4, sequence}, {5, map}, {8, tensor_type}, {9, optional}}},
      {value_info, {{2, type}, {4, none}}}};
  return all;
}

class checker {
public:
  explicit checker(std::size_t size) : messages_left(1000 + size / 4) {}

  bool check(std::span<const std::byte> bytes, message kind, int depth) {
    if (depth > 100 || messages_left-- == 0)
      return false;
    const auto fields = schema().find(kind);
    while (!bytes.empty()) {
      const auto tag = varint(bytes);
      if (!tag)
        return false;
      std::size_t length = 0;
      switch (*tag & 7) {
      case 0:
        if (!varint(bytes))
          return false;
        break;
      case 1:
        length = 8;
        break;
      case 2: {
        const auto given = varint(bytes);
        if (!given || *given > bytes.size())
          return false;
        length = static_cast<std::size_t>(*given);
        if (fields == schema().end())
          break;
        if (const auto inner = fields->second.find(*tag >> 3); inner != fields->second.end())
          if (!check(bytes.first(length), inner->second, depth + 1))
            return false;
        break;
      }
      case 5:
        length = 4;
        break;
      default: // groups, which ONNX does not have
        return false;
      }
      if (length > bytes.size())
        return false;
      bytes = bytes.subspan(length);
    }
    return true;
  }

private:
  static std::optional<std::uint64_t> varint(std::span<const std::byte>& bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size() && i < 10; ++i) {
      value |= (std::to_integer<std::uint64_t>(bytes[i]) & 127) << 7 * i;
      if (std::to_integer<unsigned>(bytes[i]) < 128) {
        bytes = bytes.subspan(i + 1);
        return value;
      }
    }
    return {};
  }

  std::size_t messages_left; // of four bytes and more in the mean: Dimension is the shortest that occurs often
};

} // namespace

bool is_well_formed(std::span<const std::byte> bytes, message_kind kind) {
  return checker(bytes.size()).check(bytes, kind == message_kind::model ? message::model : message::tensor, 0);
}

} // namespace inlay::onnx
