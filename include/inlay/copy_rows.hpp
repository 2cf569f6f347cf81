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
  else {
    for (std::size_t s = 0; s < from.samples(); ++s) kernel::turn_numbers<Shape::channels, Shape::positions, From::foreign>(from[s], to[s]);
    clear_padding(to);
  }
}
template <class Shape, class From, class To>
constexpr void copy_outside(From from, To to) noexcept {
  if constexpr (!Shape::reordered) copy_rows(from, to);
  else {
    for (std::size_t s = 0; s < from.samples(); ++s) kernel::turn_numbers<Shape::positions, Shape::channels, From::foreign>(from[s], to[s]);
    clear_padding(to);
  }
}

} // namespace inlay
