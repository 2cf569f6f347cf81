#pragma once

#include "samples.hpp"
#include "source.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The UCI optical digits: each line has 64 counts of ink (8 x 8 cells, 0 to 16), then the class.
namespace digits {

/// The next line without its end; nothing at the end of the file.
inline std::optional<std::string> read_line(source& file, const std::string& where) {
  constexpr std::size_t longest = 1000; // 65 fields need 260 characters
  if (file.peek() < 0)
    return std::nullopt;
  std::string line;
  for (int c = file.get(); c >= 0 && c != '\n'; c = file.get()) {
    if (line.size() == longest)
      throw bad_file(file.path(), where, "at most 1000 characters", "more");
    line.push_back(static_cast<char>(c));
  }
  if (!line.empty() && line.back() == '\r')
    line.pop_back();
  return line;
}

/// A whole number from 0 to `largest`, with blanks around it allowed.
inline std::size_t parse_count(std::string_view text, std::size_t largest, const source& file,
                               const std::string& where) {
  const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  const auto digits = first == text.npos ? std::string_view{} : text.substr(first, last - first + 1);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || value > largest)
    throw bad_file(file.path(), where, "a whole number from 0 to " + std::to_string(largest),
                   "'" + printable(text) + "'");
  return value;
}

inline samples<64> read_csv(source& file) {
  samples<64> read{file.path(), {}, {}};
  std::size_t number = 0;
  while (auto line = read_line(file, "line " + std::to_string(number + 1))) {
    const std::string where = "line " + std::to_string(++number);
    if (line->empty() || line->front() == '#')
      continue;
    std::vector<std::string_view> fields;
    for (std::string_view rest = *line;;) {
      const auto comma = rest.find(',');
      fields.push_back(rest.substr(0, comma));
      if (comma == rest.npos)
        break;
      rest.remove_prefix(comma + 1);
    }
    if (fields.size() != 65)
      throw bad_file(file.path(), where, "65 numbers", std::to_string(fields.size()));
    auto& image = read.images.emplace_back();
    for (std::size_t i = 0; i < 64; ++i) {
      const auto field = where + ", field " + std::to_string(i + 1);
      image[i] = static_cast<float>(parse_count(fields[i], 16, file, field)) / 16;
    }
    read.labels.push_back(parse_count(fields[64], classes - 1, file, where + ", field 65 (the class)"));
  }
  return read;
}

} // namespace digits
