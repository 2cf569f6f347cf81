#pragma once

#include "inlay/instruction_set.hpp"

#include <concepts>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// What cannot be checked at compile time and would read or write out of bounds, or train nothing: one line that says what
/// was wanted and what was found, then the end. In constant evaluation the call is the compile error.
[[noreturn]] inline void refuse(const char* function, const char* wanted, std::size_t bound, std::size_t found) noexcept {
  std::fprintf(stderr, "inlay: %s: wanted %s %zu; found %zu\n", function, wanted, bound, found);
  std::abort();
}
[[noreturn]] inline void refuse(const char* function, const char* wanted, std::size_t bound, long long found) noexcept {
  std::fprintf(stderr, "inlay: %s: wanted %s %zu; found %lld\n", function, wanted, bound, found);
  std::abort();
}
[[noreturn]] inline void refuse(const char* function, const char* wanted, double found) noexcept {
  std::fprintf(stderr, "inlay: %s: wanted %s; found %g\n", function, wanted, found);
  std::abort();
}
[[noreturn]] inline void refuse(const char* function, const char* wanted, const char* found) noexcept {
  std::fprintf(stderr, "inlay: %s: wanted %s; found %s\n", function, wanted, found);
  std::abort();
}

/// `found` is printed as it was given, a negative number as one.
constexpr void require(bool condition, const char* function, const char* wanted, std::size_t bound,
                       std::integral auto found) noexcept {
  if (condition) [[likely]]
    return;
  if constexpr (std::signed_integral<decltype(found)>) refuse(function, wanted, bound, static_cast<long long>(found));
  else refuse(function, wanted, bound, static_cast<std::size_t>(found));
}
constexpr void require(bool condition, const char* function, const char* wanted, const char* found) noexcept {
  if (!condition) [[unlikely]]
    refuse(function, wanted, found);
}
/// Of a batch: as many of each as there are inputs.
constexpr void require_alike(const char* function, std::size_t inputs, std::same_as<std::size_t> auto... others) noexcept {
  (require(others == inputs, function, "one array of each kind for each input,", inputs, others), ...);
}

} // namespace inlay::detail
