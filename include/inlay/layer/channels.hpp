#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/tensor.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// N numbers of a row, from one on; the row may be the caller's.
template <std::size_t N>
constexpr auto part_of(auto from, std::size_t sample, std::size_t begin) noexcept {
  using T = const typename decltype(from)::element;
  if constexpr (from.foreign) return foreign_rows<T, 1, N>{{from[sample] + begin, 1}};
  else return rows<T, 1, N, N>{from[sample] + begin, 1};
}

/// to = the channels of `from` from the Start-th on; `from` may be the caller's rows.
template <class FromShape, std::size_t Start, class ToShape>
constexpr void take_channels(auto from, auto to) noexcept {
  constexpr std::size_t channels = ToShape::channels;
  for (std::size_t s = 0; s < to.samples(); ++s) {
    if constexpr (ToShape::positions == 1) copy_rows(part_of<channels>(from, s, Start), row(to, s));
    else
      for (std::size_t p = 0; p < ToShape::positions; ++p)
        copy_rows(part_of<channels>(from, s, p * FromShape::channels + Start), rows<typename decltype(to)::element, 1, channels, channels>{to[s] + p * channels, 1});
  }
  if constexpr (ToShape::positions > 1) clear_padding(to);
}

/// The channels of `to` from the Start-th on = from; the others stay.
template <class FromShape, class ToShape, std::size_t Start>
constexpr void put_channels(auto from, auto to) noexcept {
  constexpr std::size_t channels = FromShape::channels;
  for (std::size_t s = 0; s < to.samples(); ++s)
    for (std::size_t p = 0; p < FromShape::positions; ++p)
      copy_rows(part_of<channels>(from, s, p * channels), rows<typename decltype(to)::element, 1, channels, channels>{to[s] + p * ToShape::channels + Start, 1});
}

} // namespace inlay::detail
