#pragma once

#include "inlay/refusal/require.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// Some of a net's layers, by index from 1: `{1, 2}`. A value without a heap.
class layer_indices {
public:
  static constexpr std::size_t most = 1023;

  constexpr layer_indices(std::integral auto... indices) noexcept { (add(indices), ...); }

  constexpr bool contains(std::size_t l) const noexcept { return l <= most && (bits_[l / 64] >> l % 64 & 1) != 0; }
  constexpr std::size_t last() const noexcept { return last_; } ///< 0 of none
  constexpr bool empty() const noexcept { return last_ == 0; }
  friend constexpr bool operator==(const layer_indices&, const layer_indices&) noexcept = default;

private:
  constexpr void add(std::integral auto index) noexcept {
    const auto l = static_cast<std::size_t>(index);
    detail::require(index >= 1 && l <= most, "layer_indices", "layers to freeze from 1 to", most, index);
    bits_[l / 64] |= std::uint64_t(1) << l % 64;
    if (l > last_) last_ = l;
  }

  std::uint64_t bits_[(most + 1) / 64]{};
  std::size_t last_ = 0;
};

} // namespace inlay
