#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"

namespace inlay {

/// max(z, 0). σ′(0) = 0, as PyTorch's. Exact.
struct relu {
  static constexpr accuracy ulp{};

  template <class V>
  static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V zero(T(0));
    return {maximum(zero, z), select(z > zero, V(T(1)), zero)};
  }
};

} // namespace inlay
