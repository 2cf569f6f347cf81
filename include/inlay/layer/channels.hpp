#pragma once

#include "inlay/kernel.hpp"
#include "inlay/tensor.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// to = the channels of `from` from the Start-th on; `from` may be the caller's rows.
template <class FromShape, std::size_t Start, class ToShape>
constexpr void take_channels(auto from, auto to) noexcept {
  for (std::size_t s = 0; s < to.samples(); ++s)
    for (std::size_t p = 0; p < ToShape::positions; ++p)
      for (std::size_t c = 0; c < ToShape::channels; ++c)
        to[s][p * ToShape::channels + c] = from.number(s, p * FromShape::channels + Start + c);
  clear_padding(to);
}

/// The channels of `to` from the Start-th on = from; the others stay.
template <class FromShape, class ToShape, std::size_t Start>
constexpr void put_channels(auto from, auto to) noexcept {
  if constexpr (FromShape::positions == 1 && !from.foreign) {
    for (std::size_t s = 0; s < to.samples(); ++s) kernel::copy_numbers<FromShape::channels>(from[s], to[s] + Start);
    return;
  }
  for (std::size_t s = 0; s < to.samples(); ++s)
    for (std::size_t p = 0; p < FromShape::positions; ++p)
      for (std::size_t c = 0; c < FromShape::channels; ++c)
        to[s][p * ToShape::channels + Start + c] = from.number(s, p * FromShape::channels + c);
}

} // namespace inlay::detail
