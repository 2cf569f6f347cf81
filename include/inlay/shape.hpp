#pragma once

#include <array>
#include <cstddef>

namespace inlay {

/// The static extents of a tensor, outermost first, as in PyTorch: `shape<3, 28, 28>` has 3 channels of 28 x 28.
template <std::size_t... Extents>
struct shape {
  static constexpr std::size_t rank = sizeof...(Extents);
  static constexpr std::size_t size = (std::size_t{1} * ... * Extents);
  static constexpr std::array<std::size_t, rank> extents{Extents...};

  friend constexpr bool operator==(shape, shape) noexcept { return true; }
};

} // namespace inlay
