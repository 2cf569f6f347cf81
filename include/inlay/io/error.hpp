#pragma once

#include "inlay/instruction_set.hpp"

#include <stdexcept>
#include <string>
#include <utility>

/// One type in all units of a program, however they are compiled: what one throws another catches.
namespace inlay::thrown {

/// What io throws, and nothing else: a file that is not what it should be is refused, never guessed at.
class error : public std::runtime_error {
public:
  /// `file`: its name, or "memory". `part`: the tensor, node, layer or byte it is about; may be empty. An empty word of a file is
  /// found as "nothing".
  error(std::string file, std::string part, std::string expected, std::string found)
      : std::runtime_error(file + (part.empty() ? "" : ": " + part) + ": expected " + expected + ", found " + (found.empty() ? "nothing" : found)),
        file_(std::move(file)), part_(std::move(part)), expected_(std::move(expected)), found_(found.empty() ? "nothing" : std::move(found)) {}

  const std::string& file() const noexcept { return file_; }
  const std::string& part() const noexcept { return part_; }
  const std::string& expected() const noexcept { return expected_; }
  const std::string& found() const noexcept { return found_; }

private:
  std::string file_, part_, expected_, found_;
};

} // namespace inlay::thrown

namespace inlay::inline INLAY_INSTRUCTION_SET::io {

using thrown::error;

} // namespace inlay::io
