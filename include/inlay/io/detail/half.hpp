#pragma once

#include "inlay/instruction_set.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits.
inline double from_float16(std::uint16_t bits) noexcept {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  if (exponent == 31) // infinite or NaN: put together, since -ffast-math computes with neither
    return std::bit_cast<double>(static_cast<std::uint64_t>(bits >> 15) << 63 | 0x7ffull << 52 |
                                 static_cast<std::uint64_t>(fraction) << 42);
  const double magnitude = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  return bits >> 15 ? -magnitude : magnitude;
}

/// bfloat16: the upper half of a float.
inline double from_bfloat16(std::uint16_t bits) noexcept {
  return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16));
}

} // namespace inlay::io::detail
