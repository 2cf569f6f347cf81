#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"
#include "inlay/math/exponential.hpp"

namespace inlay {

/// z / (1 + e^-z), also called swish: torch.nn.SiLU. At most 4 ULP; σ′ at most 5 ULP of 1/8, or of itself where it is
/// larger. Zero where e^z is denormal.
struct silu {
  static constexpr description described{.name = "silu",
                                         .header = "inlay/activation/silu.hpp",
                                         .onnx = "Mul(z, Sigmoid(z))",
                                         .keras = "silu swish"};
  static constexpr accuracy ulp{.value = 4, .derivative = 5, .flushed = 710, .derivative_scale = 0.125};
  static constexpr bool rectifying = true;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V high(-log_of_smallest<T>);
    const V above = maximum(V(2 * log_of_smallest<T>), z); // -∞ times zero would be a NaN
    const V x = minimum(high, above);
    V e = exp_bounded(x);
    const V sum = e + V(T(1));
    const V s = as_written(divide(e, sum));
    return {above * s, s * multiply_add(x, reciprocal(sum), V(T(1)))};
  }
};

} // namespace inlay
