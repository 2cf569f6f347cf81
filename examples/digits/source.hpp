#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <zlib.h>

namespace digits {

/// One line for whoever named the file: which file, where in it, what was expected there and what was found.
struct bad_file : std::runtime_error {
  bad_file(const std::string& file, const std::string& where, const std::string& expected,
           const std::string& found)
      : runtime_error(file + ": " + where + ": expected " + expected + ", found " + found) {}

  /// For what is wrong with the file as a whole.
  bad_file(const std::string& file, const std::string& expected, const std::string& found)
      : runtime_error(file + ": expected " + expected + ", found " + found) {}
};

/// Text from a file, fit for one line on a terminal: short, and with ? for what is not plain ASCII.
inline std::string printable(std::string_view text) {
  std::string shown(text.substr(0, 24));
  for (char& c : shown)
    if (c < ' ' || c > '~')
      c = '?';
  return text.size() > shown.size() ? shown + "..." : shown;
}

/// The bytes of a file, plain or gzip (zlib tells them apart), read forward through a small window: what is
/// kept in memory is what a reader keeps, never what a header promises. Offsets are those of the unpacked
/// bytes.
class source {
public:
  explicit source(std::string path) : path_(std::move(path)) {
    if (std::filesystem::is_directory(path_))
      throw bad_file(path_, "a file", "a directory");
    file_.reset(gzopen(path_.c_str(), "rb"));
    if (!file_)
      throw bad_file(path_, "a file to read", "'" + std::generic_category().message(errno) + "'");
  }

  const std::string& path() const { return path_; }
  std::uint64_t offset() const { return offset_; }
  std::string where() const { return "byte " + std::to_string(offset_); }

  /// The next byte, or -1 at the end. It stays there to be read.
  int peek() {
    if (begin_ == end_)
      fill();
    return begin_ == end_ ? -1 : window_[begin_];
  }

  /// Asked before reading: whether this can be text, as CSV is. An IDX file begins with two zeros.
  bool begins_as_text() {
    peek();
    const auto first = std::span(window_).first(std::min<std::size_t>(end_, 4));
    return !first.empty() &&
           std::ranges::all_of(first, [](int c) { return std::isprint(c) || std::isspace(c); });
  }

  int get() {
    const int byte = peek();
    if (byte >= 0)
      ++begin_, ++offset_;
    return byte;
  }

  /// Back to the first byte.
  void rewind() {
    if (gzrewind(file_.get()) != 0)
      throw bad_file(path_, "a file that can be read again", "one that goes forward only");
    begin_ = end_ = 0;
    offset_ = 0;
  }

  /// Fills `bytes`, or fails where the file ends: expected() says what was to come.
  void read(std::span<std::uint8_t> bytes, auto expected) {
    for (auto& byte : bytes) {
      const int next = get();
      if (next < 0)
        throw bad_file(path_, where(), expected(), "the end of the file");
      byte = static_cast<std::uint8_t>(next);
    }
  }

  /// A 32-bit number, most significant byte first.
  std::uint32_t read_word(const char* expected) {
    std::array<std::uint8_t, 4> bytes{};
    read(bytes, [&] { return expected; });
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
           bytes[3];
  }

  void expect_end() {
    if (peek() >= 0)
      throw bad_file(path_, where(), "the end of the file", "more bytes");
  }

private:
  void fill() {
    const int got = gzread(file_.get(), window_.data(), static_cast<unsigned>(window_.size()));
    int error = Z_OK;
    gzerror(file_.get(), &error);
    if (got <= 0 && error != Z_OK && error != Z_STREAM_END)
      throw bad_file(path_, "byte " + std::to_string(gzoffset(file_.get())) + " of the packed file",
                     "intact gzip data", error == Z_BUF_ERROR ? "the end of the file" : "damage");
    begin_ = 0, end_ = static_cast<std::size_t>(got);
  }

  struct close {
    void operator()(gzFile file) const { gzclose(file); }
  };
  std::string path_;
  std::unique_ptr<gzFile_s, close> file_;
  std::array<std::uint8_t, 16384> window_{};
  std::size_t begin_ = 0, end_ = 0;
  std::uint64_t offset_ = 0;
};

} // namespace digits
