#pragma once

#include "inlay/instruction_set.hpp"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// A message in protobuf's wire format, field after field (https://protobuf.dev/programming-guides/encoding).
/// Enough to write ONNX without protobuf's library, which a program that only saves a net should not need.
class protobuf_message {
public:
  protobuf_message& integer(unsigned field, std::uint64_t value) {
    varint(field << 3);
    varint(value);
    return *this;
  }
  protobuf_message& text(unsigned field, std::string_view value) {
    varint(field << 3 | 2);
    varint(value.size());
    bytes += value;
    return *this;
  }
  protobuf_message& message(unsigned field, const protobuf_message& value) { return text(field, value.bytes); }
  protobuf_message& number(unsigned field, float value) {
    varint(field << 3 | 5);
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (int byte = 0; byte < 4; ++byte)
      bytes += static_cast<char>(bits >> 8 * byte & 255);
    return *this;
  }

  std::string bytes;

private:
  void varint(std::uint64_t value) {
    for (; value > 127; value >>= 7)
      bytes += static_cast<char>((value & 127) | 128);
    bytes += static_cast<char>(value);
  }
};

} // namespace inlay::io::detail
