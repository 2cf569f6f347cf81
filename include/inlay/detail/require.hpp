#pragma once

#include <cstdio>
#include <cstdlib>

namespace inlay::detail {

/// What cannot be checked at compile time and would read or write out of bounds: one line that says what was wanted,
/// then the end. In constant evaluation the call is the compile error.
[[noreturn]] inline void refuse(const char* function, const char* wanted) noexcept {
  std::fprintf(stderr, "inlay: %s: %s\n", function, wanted);
  std::abort();
}
constexpr void require(bool condition, const char* function, const char* wanted) noexcept {
  if (!condition) [[unlikely]] refuse(function, wanted);
}

} // namespace inlay::detail
