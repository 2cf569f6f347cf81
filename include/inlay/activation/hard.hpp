#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"

namespace inlay {

/// z clamped to [-1, 1]: torch.nn.Hardtanh. σ′(±1) = 0. Exact.
struct hard_tanh {
  static constexpr description described{.name = "hard_tanh",
                                         .header = "inlay/activation/hard.hpp",
                                         .onnx = "Clip(z, -1, 1)"};
  static constexpr accuracy ulp{};
  static constexpr bool immediate = true;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V one(T(1));
    return {minimum(one, maximum(-one, z)), select(absolute(z) < one, one, V(T(0)))};
  }
};

/// z / 6 + 1/2 clamped to [0, 1]: torch.nn.Hardsigmoid. σ′(±3) = 0. At most 2 ULP.
struct hard_sigmoid {
  static constexpr description described{.name = "hard_sigmoid",
                                         .header = "inlay/activation/hard.hpp",
                                         .onnx = "HardSigmoid(z; alpha=0.16666666666666666, beta=0.5)"};
  static constexpr accuracy ulp{.value = 2, .derivative = 1};
  static constexpr bool immediate = true;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V zero(T(0)), three(T(3)), six(T(6)), sixth(T(1) / T(6));
    return {minimum(six, maximum(zero, z + three)) * sixth, select(absolute(z) < three, sixth, zero)};
  }
};

/// z hard_sigmoid(z): torch.nn.Hardswish. σ′(-3) = 0, σ′(3) = 1. At most 3 ULP; σ′ at most 3 ULP of 1/8, or of
/// itself where it is larger.
struct hard_swish {
  static constexpr description described{.name = "hard_swish",
                                         .header = "inlay/activation/hard.hpp",
                                         .onnx = "Mul(z, HardSigmoid(z; alpha=0.16666666666666666, beta=0.5))"};
  static constexpr accuracy ulp{.value = 3, .derivative = 3, .derivative_scale = 0.125};
  static constexpr bool rectifying = true, immediate = true;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V zero(T(0)), one(T(1)), three(T(3)), six(T(6)), sixth(T(1) / T(6)), third(T(1) / T(3));
    const V x = maximum(-three, z); // -∞ times zero would be a NaN
    const V slope = multiply_add(z, third, V(T(0.5)));
    return {x * as_written(minimum(six, x + three) * sixth), select(z >= three, one, select(z <= -three, zero, slope))};
  }
};

} // namespace inlay
