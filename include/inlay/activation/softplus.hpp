#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"
#include "inlay/math/exponential.hpp"
#include "inlay/math/logarithm.hpp"

namespace inlay {

/// log(1 + e^z), and z above 20: torch.nn.Softplus with its beta 1 and threshold 20. At most 3 ULP;
/// σ′ at most 4.
struct softplus {
  static constexpr description described{.name = "softplus",
                                         .header = "inlay/activation/softplus.hpp",
                                         .onnx = "Softplus(z)",
                                         .keras = "softplus"};
  static constexpr accuracy ulp{.value = 3, .derivative = 4};

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V zero(T(0)), one(T(1)), threshold(T(20));
    V e = exp_bounded(-absolute(z)); // at most 1: log(1 + e^z) = max(z, 0) + log(1 + e^-|z|)
    const V r = reciprocal(e + one);
    V value = maximum(zero, z) + log1p(e);
    V derivative = select(z < zero, e, one) * r;
    if constexpr (std::is_same_v<T, float>)
      return {value, derivative}; // from 17 on a float does not see the difference
    else
      return {select(z > threshold, z, value), select(z > threshold, one, derivative)};
  }
};

} // namespace inlay
