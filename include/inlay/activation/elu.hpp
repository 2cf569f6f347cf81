#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"
#include "inlay/math/exponential.hpp"

#include <ratio>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// scale z where z > 0, else factor (e^(rate z) - 1).
template <class V>
constexpr value_and_derivative<V> exponential_linear(V z, V scale, V factor, V rate) noexcept {
  using T = math::scalar_of<V>;
  using namespace math;
  const V low(log_of_smallest<T>), zero(T(0));
  const V x = minimum(zero, z) * rate;
  auto [n, power, rest] = split_exponential(maximum(low, x));
  const V e = select(x < low, zero, multiply_add(rest, power, power));
  const auto positive = z > zero;
  return {select(positive, z * scale, multiply_add(rest, power, as_written(power - V(T(1)))) * factor),
          select(positive, scale, e * (factor * rate))};
}

template <class T, class Ratio>
inline constexpr T ratio_value = static_cast<T>(Ratio::num) / static_cast<T>(Ratio::den);

} // namespace inlay::detail

namespace inlay {

/// z where z > 0, else alpha (e^z - 1); torch.nn.ELU, alpha a std::ratio. σ′(0) = alpha. At most 3 ULP; σ′ at most 2.
template <class Alpha>
struct elu_with {
  static constexpr description described{.name = "elu",
                                         .header = "inlay/activation/elu.hpp",
                                         .onnx = "Elu(z; alpha=parameter)",
                                         .keras = "elu",
                                         .parameter = 1};
  static constexpr accuracy ulp{.value = 3, .derivative = 2};
  static constexpr bool rectifying = true;
  using parameter = Alpha;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    return at(z, V(detail::ratio_value<math::scalar_of<V>, Alpha>));
  }
  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z, V alpha) noexcept {
    using T = math::scalar_of<V>;
    return detail::exponential_linear(z, V(T(1)), alpha, V(T(1)));
  }
};

/// elu_with alpha = 1.
struct elu : elu_with<std::ratio<1>> {};

/// z where z > 0, else alpha (e^(z / alpha) - 1); torch.nn.CELU, alpha a std::ratio. At most 3 ULP; σ′ at most 2, for
/// alpha = 1; else the error of z / alpha counts too.
template <class Alpha>
struct celu_with {
  static constexpr description described{.name = "celu",
                                         .header = "inlay/activation/elu.hpp",
                                         .onnx = "Celu(z; alpha=parameter)",
                                         .parameter = 1};
  static constexpr accuracy ulp{.value = 3, .derivative = 2};
  static constexpr bool rectifying = true;
  using parameter = Alpha;

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    constexpr T alpha = detail::ratio_value<T, Alpha>;
    return detail::exponential_linear(z, V(T(1)), V(alpha), V(T(1) / alpha));
  }
  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z, V alpha) noexcept {
    using T = math::scalar_of<V>;
    return detail::exponential_linear(z, V(T(1)), alpha, V(T(1)) / alpha);
  }
};

/// celu_with alpha = 1.
struct celu : celu_with<std::ratio<1>> {};

/// s z where z > 0, else s alpha (e^z - 1), s = 1.0507009873554805, alpha = 1.6732632423543772; torch.nn.SELU.
/// σ′(0) = s alpha. At most 3 ULP; σ′ at most 3.
struct selu {
  static constexpr description described{.name = "selu",
                                         .header = "inlay/activation/elu.hpp",
                                         .onnx = "Selu(z)",
                                         .keras = "selu"};
  static constexpr accuracy ulp{.value = 3, .derivative = 3, .flushed = 2};

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    constexpr double scale = 1.0507009873554804934193349852946, alpha = 1.6732632423543772848170429916717;
    return detail::exponential_linear(z, V(T(scale)), V(T(scale * alpha)), V(T(1)));
  }
};

} // namespace inlay
