#pragma once

#include "inlay/kernel.hpp"
#include "inlay/tensor.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// to = from, and zero in the padding of `to`. Of the caller's rows nothing past their N is read or written.
template <class From, class To>
constexpr void copy_rows(From from, To to) noexcept {
  kernel::copy_rows(from, to);
}

/// The doors of a net: to = from, numbers channels first outside and position after position within; padding of `to` is zero.
template <class Shape, class From, class To>
constexpr void copy_inside(From from, To to) noexcept {
  if constexpr (!Shape::reordered) copy_rows(from, to);
  else
    for (std::size_t s = 0; s < from.samples(); ++s) {
      for (std::size_t c = 0; c < Shape::channels; ++c)
        for (std::size_t p = 0; p < Shape::positions; ++p) to[s][p * Shape::channels + c] = from.number(s, c * Shape::positions + p);
      for (std::size_t i = From::size; i < To::stride; ++i) to[s][i] = 0;
    }
}
template <class Shape, class From, class To>
constexpr void copy_outside(From from, To to) noexcept {
  if constexpr (!Shape::reordered) copy_rows(from, to);
  else
    for (std::size_t s = 0; s < from.samples(); ++s) {
      for (std::size_t c = 0; c < Shape::channels; ++c)
        for (std::size_t p = 0; p < Shape::positions; ++p) to[s][c * Shape::positions + p] = from.number(s, p * Shape::channels + c);
      for (std::size_t i = From::size; i < To::stride; ++i) to[s][i] = 0;
    }
}

} // namespace inlay
