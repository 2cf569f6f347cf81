#pragma once

#include "inlay/math/exponential.hpp"

/// The tail of the normal distribution, Φ(-y) = erfc(y / √2) / 2.
namespace inlay::inline INLAY_INSTRUCTION_SET::math {

/// Φ(-y) = exponential * ratio, the one e^(-y²/2), the other slowly falling.
template <class V>
struct normal_tail_terms {
  V exponential;
  V ratio;
  V ratio_times_y;
};

/// Where y Φ(-y) becomes denormal.
template <real T>
inline constexpr T normal_tail_bound = std::is_same_v<T, float> ? T(13.1466) : T(37.616);

/// For 0 <= y <= normal_tail_bound; for larger y the exponential is zero, and y must be below 15 (40).
template <class V>
constexpr normal_tail_terms<V> normal_tail(V y) noexcept {
  using T = scalar_of<V>;
  // The error of y² would be multiplied by y²: with the upper half h of y, y² = h² + (y - h)(y + h).
  const V h = upper_half(y);
  const V half = h * V(T(-0.5));
  const V x = product(half, h);
  auto [n, power, rest] =
      split_exponential(within(x, V(log_of_smallest<T>), V(T(0))), y - h, multiply_add(y, V(T(-0.5)), half));
  const V e = select(y > V(normal_tail_bound<T>), V(T(0)), multiply_add(rest, power, power));
  // ratio = G(q) / (y + k), q = (y - k) / (y + k); in w = y / (y + k), q = 2w - 1. G by fpminimax of Sollya, relative
  // error, for y up to 13.2 (37.7).
  if constexpr (std::is_same_v<T, float>) {
    // k = 4, degree 9: error 1.8e-8
    const V w = divide(y, y + V(4.0f));
    const V q = multiply_add(w, V(2.0f), V(-1.0f));
    const V g = polynomial(q, q * q, 0x1.82b4bcp-1f, -0x1.373e3ap-1f, 0x1.8c6d8cp-2f, -0x1.7dff86p-3f, 0x1.eed9dap-5f,
                           -0x1.ed83f4p-8f, -0x1.ce2c6ap-9f, 0x1.9cf19cp-10f, 0x1.aaba38p-13f, -0x1.f6de42p-14f);
    return {e, g * negated_multiply_add(w, V(0.25f), V(0.25f)), g * w};
  } else {
    // k = 5, degree 21: error 2.7e-17
    const V w = divide(y, y + V(5.0));
    const V q = multiply_add(w, V(2.0), V(-1.0));
    const V g = polynomial(q, q * q, 0x1.89d3abe1f95aep-1, -0x1.54ad03f27ca16p-1, 0x1.fb31653876f72p-2,
                           -0x1.410ed5f875bp-2, 0x1.51f6329f0202fp-3, -0x1.1b1c254c96007p-4, 0x1.54b4d4f477acep-6,
                           -0x1.88590eb2d60a1p-9, -0x1.a25037818809fp-11, 0x1.1daf1e5634a8ep-11, -0x1.f2147f4e9d521p-15,
                           -0x1.a17129b4bcc11p-15, 0x1.17ddd9e9a1393p-16, 0x1.0b30214869c3ep-18, -0x1.73b77e37ffc1ap-19,
                           -0x1.6a9761dc7de36p-22, 0x1.d1413d4aedcd9p-22, 0x1.773e07ff9a179p-25, -0x1.1a979888b7c8fp-24,
                           -0x1.63fe24b0661cp-27, 0x1.f8792dac92e07p-28, 0x1.1f3dd731989f4p-29);
    return {e, g * negated_multiply_add(w, V(0.2), V(0.2)), g * w};
  }
}
/// e = e^(-y²/2) has the derivative -y e, Φ(-y) = e ratio the derivative -e / √(2π).
template <class V>
constexpr normal_tail_terms<dual<V>> normal_tail(dual<V> y) noexcept {
  using T = scalar_of<V>;
  const auto of = normal_tail(y.value);
  const V slope = of.ratio_times_y - V(T(0.3989422804014327));
  return {{of.exponential, -y.value * of.exponential * y.tangent},
          {of.ratio, slope * y.tangent},
          {of.ratio_times_y, multiply_add(y.value, slope, of.ratio) * y.tangent}};
}

} // namespace inlay::math
