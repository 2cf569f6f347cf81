#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// Something to compile.
struct program {
  std::string name;
  std::string kind;  ///< "header", "program", or "depth": one of a series
  std::size_t depth; ///< layers of one of a series
  std::string source;
};

/// The headers that inlay includes, alone; inlay's own, alone; plain programs; nets of 4 to `deepest` layers.
std::vector<program> programs(std::size_t deepest);

} // namespace bench
