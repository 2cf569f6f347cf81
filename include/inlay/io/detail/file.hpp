#pragma once

#include "inlay/io/error.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

inline std::string reason() { return errno ? std::strerror(errno) : "an input/output error"; }

/// The whole of a regular file; never more memory than the file is long.
inline std::vector<std::byte> read_file(const std::filesystem::path& path) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status))
    throw error(path.string(), "", "a file", "none of this name");
  if (!std::filesystem::is_regular_file(status))
    throw error(path.string(), "", "a regular file", "another kind");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  const std::uintmax_t size = std::filesystem::file_size(path, failed);
  if (!in || failed)
    throw error(path.string(), "", "a readable file", failed ? failed.message() : reason());
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (in.gcount() != static_cast<std::streamsize>(size))
    throw error(path.string(), "", std::to_string(size) + " bytes", std::to_string(in.gcount()));
  return bytes;
}

/// Writes the file completely or not at all: to a name beside it, no other process's, which then becomes its own.
inline void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  auto beside = path;
  beside += "." + std::to_string(std::random_device{}()) + ".part";
  errno = 0;
  std::ofstream out(beside, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code failed;
  if (!out) {
    const std::string why = reason();
    std::filesystem::remove(beside, failed);
    throw error(path.string(), "", "a file that can be written", why);
  }
  std::filesystem::rename(beside, path, failed);
  if (failed) {
    const std::string why = failed.message();
    std::filesystem::remove(beside, failed);
    throw error(path.string(), "", "a file that can be written", why);
  }
}

/// What f() makes of a net, for the file at `path`, which its errors then name.
template <class F>
auto made_for(const std::filesystem::path& path, F f) {
  try {
    return f();
  } catch (const error& refused) {
    throw error(path.string(), refused.part(), refused.expected(), refused.found());
  }
}

inline void write_file(const std::filesystem::path& path, std::string_view text) {
  write_file(path, std::as_bytes(std::span(text.data(), text.size())));
}

} // namespace inlay::io::detail
