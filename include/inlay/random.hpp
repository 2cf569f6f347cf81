#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <cstdint>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// SplitMix64 (Steele, Lea, Flood 2014): small, good enough to start and shuffle with, the same on every machine.
struct random {
  std::uint64_t state;

  constexpr std::uint64_t next() noexcept {
    std::uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// Uniform in [-1, 1), a multiple of 2^-23: exact as a float.
  constexpr double symmetric() noexcept { return static_cast<double>(next() >> 40) * 0x1p-23 - 1; }
  /// Uniform in 0..n-1; the bias of at most n / 2^64 is nothing.
  constexpr std::size_t below(std::size_t n) noexcept { return static_cast<std::size_t>(next() % n); }
};

} // namespace inlay::detail
