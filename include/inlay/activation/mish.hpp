#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"
#include "inlay/math/exponential.hpp"

namespace inlay {

/// z tanh(log(1 + e^z)): torch.nn.Mish. At most 5 ULP; σ′ at most 8 ULP of 1/8, or of itself where it is larger. Zero
/// where e^z is denormal.
struct mish {
  static constexpr description described{.name = "mish",
                                         .header = "inlay/activation/mish.hpp",
                                         .onnx = "Mul(z, Tanh(Softplus(z)))",
                                         .keras = "mish"};
  static constexpr accuracy ulp{.value = 5, .derivative = 8, .flushed = 710, .derivative_scale = 0.125};
  static constexpr bool rectifying = true;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    // With E = e^z and u = E (E + 2) = (1 + E)² - 1 the tanh is u / (u + 2): no logarithm. It is 1 from 20 (40) on.
    const V above = maximum(V(2 * log_of_smallest<T>), z); // -∞ times zero would be a NaN
    const V x = minimum(V(std::is_same_v<T, float> ? T(20) : T(40)), above);
    V e = exp_bounded(x);
    const V u = e * (e + V(T(2)));
    const V sum = u + V(T(2));
    const V t = as_written(divide(u, sum));
    const V r = reciprocal(sum);
    const V slope = (e * (e + V(T(1)))) * (r * r); // a quarter of the tanh's
    return {above * t, multiply_add(x * V(T(4)), slope, t)};
  }
};

} // namespace inlay
