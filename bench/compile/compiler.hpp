#pragma once

#include "compile/program.hpp"

#include <cstddef>
#include <string>

namespace bench {

/// What one process of the compiler takes, the processes it starts itself included, and what it makes.
struct cost {
  double seconds;         ///< of processor
  double mebibytes;       ///< of memory, at its peak
  std::size_t code_bytes; ///< machine code and constants in the object file
};

/// `command`: the compiler and its flags, separated by spaces. Throws what it says of a program that does not compile.
cost compile(const std::string& command, const program&);

/// What the compiler calls itself: the first line of its --version.
std::string version(const std::string& compiler);

} // namespace bench
