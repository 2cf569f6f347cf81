#pragma once

#include <charconv>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace inlay::io::detail {

/// "[64, 32]".
inline std::string text_of(std::span<const std::size_t> shape) {
  std::string text = "[";
  for (const std::size_t extent : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
  return text + "]";
}

/// The shortest decimal text that reads back as the same number.
template <class T>
requires std::is_arithmetic_v<T> std::string text_of(T value) {
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// A name out of a file, fit for a line of an error message: quoted, of bounded length, without control
/// characters.
inline std::string in_quotes(std::string_view name) {
  std::string text = "'";
  for (const char c : name.substr(0, 80))
    text += static_cast<unsigned char>(c) < ' ' || c == 127 ? '?' : c;
  return text + (name.size() > 80 ? "...'" : "'");
}

} // namespace inlay::io::detail
