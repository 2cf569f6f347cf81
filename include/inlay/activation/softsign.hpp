#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"

namespace inlay {

/// z / (1 + |z|): torch.nn.Softsign, but for ±∞, where it is ±1 here and a NaN there. At most 2 ULP; σ′ at most 4.
struct softsign {
  static constexpr description described{.name = "softsign",
                                         .header = "inlay/activation/softsign.hpp",
                                         .onnx = "Softsign(z)"};
  static constexpr accuracy ulp{.value = 2, .derivative = 4};

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V bound(std::is_same_v<T, float> ? T(0x1p63) : T(0x1p511)); // beyond, the derivative is denormal
    const V x = minimum(bound, maximum(-bound, z));
    const V sum = absolute(x) + V(T(1));
    const V r = reciprocal(sum);
    return {divide(x, sum), select(absolute(z) > bound, V(T(0)), r * r)};
  }
};

} // namespace inlay
