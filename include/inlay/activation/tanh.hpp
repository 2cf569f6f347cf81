#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"
#include "inlay/math/exponential.hpp"

namespace inlay {

/// The hyperbolic tangent: torch.nn.Tanh. At most 4 ULP; σ′ at most 6, also in saturation, where 1 - σ² has lost every
/// digit.
struct tanh {
  static constexpr description described{.name = "tanh",
                                         .header = "inlay/activation/tanh.hpp",
                                         .onnx = "Tanh(z)",
                                         .keras = "tanh"};
  static constexpr accuracy ulp{.value = 4, .derivative = 6, .flushed = 4};

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    V value = of(z);
    // 1 - |σ| = e^-2|z| (1 + |σ|)
    V e = exp_bounded(absolute(z) * V(T(-2)));
    const V sum = absolute(value) + V(T(1));
    return {value, e * (sum * sum)};
  }

  /// σ(z) as a quotient, for what it is a factor of.
  template <class V>
  [[gnu::always_inline]] static constexpr math::quotient<V> quotient(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    if constexpr (std::is_same_v<T, float>) {
      // tanh z = 2 t / (1 + t²) of t = tanh(z / 2) = n / d, n = z/2 (1 + z² P), d = 1 + z² Q: the errors of n and d
      // fade as t grows. Minimax of the relative error by linear programming, 8.1e-9 before rounding; then the
      // neighbouring floats were searched for the least error with and without a fused multiply-add. 19 instructions.
      const V x = minimum(V(bound), maximum(V(-bound), z));
      const V x2 = product(x, x), half = x * V(0.5f);
      const V n = multiply_add(product(half, x2), multiply_add(V(0x1.df4f72p-14f), x2, V(0x1.e7d380p-6f)), half), twice_n = n + n;
      const V q = multiply_add(multiply_add(V(0x1.4a12d8p-20f), x2, V(0x1.3c5000p-10f)), x2, V(0x1.cf4a2cp-4f));
      const V b = product(q, x2); // d = 1 + b is never rounded: d² = 1 + b (2 + b)
      const V sum = multiply_add(multiply_add(q, x2, V(2.0f)), b, multiply_add(n, n, V(1.0f)));
      return {multiply_add(twice_n, b, twice_n), sum};
    } else {
      const V t = expm1_bounded(absolute(z) * V(T(-2)));
      return {copy_sign(t, z), t + V(T(2))};
    }
  }

private:
  // tanh 8.508 = 1 - 1.4 2^-24. Here the formula gives 1 with and without a fused multiply-add, and nothing below gives
  // more; up to 9.02 it would give 1 + 2^-23 now and then where there is none.
  static constexpr float bound = 0x1.10414p+3f;

  template <class V>
  static constexpr V of(V z) noexcept {
    using math::divide;
    auto q = quotient(z);
    return divide(q.numerator, q.denominator);
  }
};

} // namespace inlay
