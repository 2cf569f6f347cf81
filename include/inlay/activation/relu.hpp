#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"

#include <ratio>

namespace inlay {

/// max(z, 0). σ′(0) = 0, as torch.nn.ReLU. Exact.
struct relu {
  static constexpr description described{.name = "relu",
                                         .header = "inlay/activation/relu.hpp",
                                         .onnx = "Relu(z)",
                                         .keras = "relu"};
  static constexpr accuracy ulp{};
  static constexpr bool rectifying = true, immediate = true;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const V zero(T(0));
    return {maximum(zero, z), select(z > zero, V(T(1)), zero)};
  }
};

/// z where z > 0, else slope z; torch.nn.LeakyReLU with slope = negative_slope, a std::ratio. σ′(0) = slope.
/// At most 1 ULP.
template <class Slope>
struct leaky_relu_with {
  static constexpr description described{.name = "leaky_relu",
                                         .header = "inlay/activation/relu.hpp",
                                         .onnx = "LeakyRelu(z; alpha=parameter)",
                                         .parameter = 0.01};
  static constexpr accuracy ulp{.value = 1, .derivative = 1};
  static constexpr bool rectifying = true, immediate = true;
  using parameter = Slope;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    return at(z, V(static_cast<T>(Slope::num) / static_cast<T>(Slope::den)));
  }
  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z, V slope) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    const auto positive = z > V(T(0));
    return {select(positive, z, z * slope), select(positive, V(T(1)), slope)};
  }
};

/// leaky_relu_with the slope 0.01.
struct leaky_relu : leaky_relu_with<std::ratio<1, 100>> {};

} // namespace inlay
