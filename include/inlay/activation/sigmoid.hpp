#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"
#include "inlay/math/exponential.hpp"

namespace inlay {

/// 1 / (1 + e^-z): torch.nn.Sigmoid, accurate also where it is tiny. At most 3 ULP; σ′ at most 5.
struct sigmoid {
  static constexpr description described{.name = "sigmoid",
                                         .header = "inlay/activation/sigmoid.hpp",
                                         .onnx = "Sigmoid(z)",
                                         .keras = "sigmoid"};
  static constexpr accuracy ulp{.value = 3, .derivative = 5};

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V bound(-log_of_smallest<T>);
    V e = exp_bounded(minimum(bound, z));
    const V sum = e + V(T(1));
    V value = as_written(divide(e, sum));
    return {value, select(z > bound, V(T(0)), value * reciprocal(sum))};
  }

  /// 1 / σ(z) = 1 + e^-z of a gate, whose σ need not be less than 1e-13: shorter, and a factor of what it lets through.
  template <class V>
  [[gnu::always_inline]] static constexpr V reciprocal_of_gate(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    return one_plus_exp_of_minus(maximum(V(T(-30)), minimum(V(T(30)), z)));
  }
};

} // namespace inlay
