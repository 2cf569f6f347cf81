#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// What cannot be checked at compile time and would read or write out of bounds: one line that says what was wanted
/// and what was found, then the end. In constant evaluation the call is the compile error.
[[noreturn]] inline void refuse(const char* function, const char* wanted, std::size_t bound, std::size_t found) noexcept {
  std::fprintf(stderr, "inlay: %s: wanted %s %zu; found %zu\n", function, wanted, bound, found);
  std::abort();
}
constexpr void require(bool condition, const char* function, const char* wanted, std::size_t bound,
                       std::size_t found) noexcept {
  if (!condition) [[unlikely]] refuse(function, wanted, bound, found);
}

} // namespace inlay::detail
