#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The k-th of several parts.
template <std::size_t k, class Part>
struct numbered {
  [[no_unique_address]] Part value;
};
template <class Numbers, class... Parts>
struct numbered_parts;
template <std::size_t... k, class... Parts>
struct numbered_parts<std::index_sequence<k...>, Parts...> : numbered<k, Parts>... {};

/// Several parts side by side, counted from 0; a std::tuple would fill them with zeros.
template <class... Parts>
using parts = numbered_parts<std::index_sequence_for<Parts...>, Parts...>;

template <std::size_t k, class Part>
constexpr Part& part(numbered<k, Part>& of) noexcept {
  return of.value;
}
template <std::size_t k, class Part>
constexpr const Part& part(const numbered<k, Part>& of) noexcept {
  return of.value;
}

} // namespace inlay::detail
