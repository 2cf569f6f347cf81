#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"
#include "inlay/math/normal_tail.hpp"

namespace inlay {

/// z Φ(z), Φ the normal distribution function: torch.nn.GELU, the erf form. At most 6 ULP, in the tail too, down to -13
/// (-37), where it becomes denormal; σ′ at most 7 ULP of 1/8, or of itself where it is larger.
struct gelu {
  static constexpr description described{.name = "gelu",
                                         .header = "inlay/activation/gelu.hpp",
                                         .onnx = "Mul(Mul(z, Add(Erf(Div(z, 1.4142135623730951)), 1)), 0.5)",
                                         .keras = "gelu"};
  static constexpr accuracy ulp{.value = 6, .derivative = 7, .flushed = 14, .derivative_scale = 0.125};
  static constexpr bool rectifying = true;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    // Of the tail alone: z Φ(z) = max(z, 0) - |z| Φ(-|z|).
    const V y = minimum(V(normal_tail_bound<T> + T(1)), absolute(z));
    auto [e, ratio, ratio_times_y] = normal_tail(y);
    const V slope = e * negated_multiply_add(y, V(T(0.3989422804014327)), ratio); // 1 / √(2π)
    return {maximum(V(T(0)), z) - e * ratio_times_y, select(z < V(T(0)), slope, V(T(1)) - slope)};
  }
};

/// z (1 + tanh(√(2/π) (z + 0.044715 z³))) / 2: torch.nn.GELU(approximate="tanh"). At most 6 ULP, and 3 more for each
/// factor of e that it is below one (2e-5 relative where it is 1e-30); σ′ at most 6 ULP of 1/8, or of itself where it
/// is larger.
struct gelu_tanh {
  static constexpr description described{.name = "gelu_tanh",
                                         .header = "inlay/activation/gelu.hpp",
                                         .onnx = "Mul(Mul(z, Add(Tanh(Mul(0.7978845608028654, Add(z, Mul(0.044715, Mul(z, Mul(z, z)))))), 1)), 0.5)"};
  static constexpr accuracy ulp{.value = 6, .derivative = 6, .growth = 3, .flushed = 256, .derivative_scale = 0.125};
  static constexpr bool rectifying = true;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    // (1 + tanh u) / 2 is the sigmoid of 2u, which does not cancel.
    constexpr double linear = 1.5957691216057308, cubic = 0.044715 * linear; // 2 √(2/π)
    const V low(std::is_same_v<T, float> ? T(-15) : T(-25)), high(std::is_same_v<T, float> ? T(9) : T(20));
    const V above = maximum(low, z);
    const V x = minimum(high, above);
    const V x2 = product(x, x);
    V e = exp_bounded(x * multiply_add(x2, V(T(cubic)), V(T(linear))));
    const V sum = e + V(T(1));
    const V s = divide(e, sum);
    const V slope = multiply_add(x2, V(T(3 * cubic)), V(T(linear)));
    return {above * as_written(s), s * multiply_add(x * reciprocal(sum), slope, V(T(1)))};
  }
};

} // namespace inlay
