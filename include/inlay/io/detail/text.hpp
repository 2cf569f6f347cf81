#pragma once

#include "inlay/instruction_set.hpp"

#include <charconv>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// "[64, 32]".
inline std::string text_of(std::span<const std::size_t> shape) {
  std::string text = "[";
  for (const std::size_t extent : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
  return text + "]";
}

/// The shortest decimal text that reads back as the same number.
template <class T>
  requires std::is_arithmetic_v<T>
std::string text_of(T value) {
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// A text out of a file, fit for a line of an error message: of bounded length, without control characters.
inline std::string printable(std::string_view text, std::size_t most = 80) {
  std::string fit(text.substr(0, most));
  for (char& c : fit)
    if (static_cast<unsigned char>(c) < ' ' || c == 127)
      c = '?';
  return text.size() > most ? fit + "..." : fit;
}

/// A name out of a file, likewise.
inline std::string in_quotes(std::string_view name) { return "'" + printable(name) + "'"; }

} // namespace inlay::io::detail
