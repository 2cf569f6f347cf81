#pragma once

#include "inlay/shape.hpp"

#include <concepts>

namespace inlay {

/// Asserts, between two layers of a list, that the shape there is Shape. It is no layer: it costs nothing and has no
/// index.
template <class Shape>
struct expect {
  using only_checks = void;

  template <class Found>
  static constexpr bool holds = std::same_as<Shape, Found>;
};

} // namespace inlay
