#pragma once

#include "inlay/shape.hpp"

namespace inlay {

/// Asserts, between two layers of a list, that the shape there is Shape. It is no layer: it costs nothing and has no
/// index.
template <class Shape>
struct expect {
  using expected = Shape;
};

} // namespace inlay
