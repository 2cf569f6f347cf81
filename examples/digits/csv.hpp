#pragma once

#include "samples.hpp"
#include "source.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

// The UCI optical digits: each line has 64 counts of ink (8 x 8 cells, 0 to 16), then the class.
namespace digits {

class csv_reader {
public:
  static constexpr std::size_t pixels = 64;

  explicit csv_reader(source file) : file_(std::move(file)) {}

  const std::string& name() const { return file_.path(); }

  /// How many samples there are: all are read for that, and none is kept.
  std::size_t count() {
    std::size_t found = 0;
    begin();
    for (sample<pixels> read; next(read);)
      ++found;
    return found;
  }

  /// Back to the first sample.
  void begin() {
    if (lines_ == 0)
      return;
    file_.rewind();
    lines_ = 0;
  }

  /// The next sample, if there is one.
  bool next(sample<pixels>& into) {
    do
      if (!read_line())
        return false;
    while (line_.empty() || line_.front() == '#');

    std::array<std::string_view, pixels + 1> fields;
    std::size_t found = 0;
    for (std::string_view rest = line_;;) {
      const auto comma = rest.find(',');
      if (found < fields.size())
        fields[found] = rest.substr(0, comma);
      ++found;
      if (comma == rest.npos)
        break;
      rest.remove_prefix(comma + 1);
    }
    if (found != fields.size())
      throw bad_file(name(), where(), "65 numbers", std::to_string(found));
    for (std::size_t i = 0; i < pixels; ++i)
      into.image[i] = static_cast<float>(parse_count(fields[i], 16, [&] { return "field " + std::to_string(i + 1); })) / 16;
    into.label = parse_count(fields[pixels], classes - 1, [] { return "field 65 (the class)"; });
    return true;
  }

private:
  std::string where() const { return "line " + std::to_string(lines_); }

  /// The next line without its end, if there is one.
  bool read_line() {
    constexpr std::size_t longest = 1000; // 65 fields need 260 characters
    if (file_.peek() < 0)
      return false;
    ++lines_;
    line_.clear();
    for (int c = file_.get(); c >= 0 && c != '\n'; c = file_.get()) {
      if (line_.size() == longest)
        throw bad_file(name(), where(), "at most 1000 characters", "more");
      line_.push_back(static_cast<char>(c));
    }
    if (!line_.empty() && line_.back() == '\r')
      line_.pop_back();
    return true;
  }

  /// A whole number from 0 to `largest`, with blanks around it allowed.
  std::size_t parse_count(std::string_view text, std::size_t largest, auto field) const {
    const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    const auto digits = first == text.npos ? std::string_view{} : text.substr(first, last - first + 1);
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || value > largest)
      throw bad_file(name(), where() + ", " + field(), "a whole number from 0 to " + std::to_string(largest),
                     "'" + printable(text) + "'");
    return value;
  }

  source file_;
  std::string line_;
  std::size_t lines_ = 0;
};

} // namespace digits
