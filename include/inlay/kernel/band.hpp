#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>

/// Which numbers of a matrix of keys by queries count.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel {

/// All of them.
struct everything {
  static constexpr bool contains(std::size_t, std::size_t) noexcept { return true; }
};

/// Those of which the query, of column i, is `ahead` + i − j steps behind the key of row j: 0 to below `length`.
struct band {
  std::ptrdiff_t ahead;
  std::ptrdiff_t length;

  constexpr bool contains(std::size_t j, std::size_t i) const noexcept {
    const std::ptrdiff_t age = ahead + static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(j);
    return age >= 0 && age < length;
  }
};

} // namespace inlay::kernel
