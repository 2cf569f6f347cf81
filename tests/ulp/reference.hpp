#pragma once

#include "inlay/activation/elu.hpp"
#include "inlay/activation/fast.hpp"
#include "inlay/activation/gelu.hpp"
#include "inlay/activation/hard.hpp"
#include "inlay/activation/mish.hpp"
#include "inlay/activation/relu.hpp"
#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/silu.hpp"
#include "inlay/activation/softplus.hpp"
#include "inlay/activation/softsign.hpp"
#include "inlay/activation/tanh.hpp"

#include <cmath>

/// What the activations are held to: PyTorch's formulas and derivatives, written so that nothing cancels in a wider
/// type R.
namespace inlay::reference {

template <class R>
using result = value_and_derivative<R>;

/// 1 / (1 + e^-z) and 1 / (1 + e^z).
template <class R>
struct logistic {
  R up, down;
  explicit logistic(R z) {
    const R e = std::exp(-std::abs(z)), large = 1 / (1 + e), small = e / (1 + e);
    up = z < 0 ? small : large;
    down = z < 0 ? large : small;
  }
};

template <class R>
result<R> exact(identity, R z) {
  return {z, 1};
}
template <class R>
result<R> exact(relu, R z) {
  return {z <= 0 ? R(0) : z, z > 0 ? R(1) : R(0)};
}
template <class R>
result<R> exact(leaky_relu, R z) {
  return {z > 0 ? z : z / 100, z > 0 ? R(1) : R(1) / 100};
}
template <class R>
result<R> exact(elu, R z) {
  return {z > 0 ? z : std::expm1(z), z > 0 ? R(1) : std::exp(z)};
}
template <class R>
result<R> exact(celu, R z) {
  return exact(elu{}, z);
}
template <class R>
result<R> exact(selu, R z) {
  const auto scale = R(1.0507009873554804934193349852946L), alpha = R(1.6732632423543772848170429916717L);
  return {scale * (z > 0 ? z : alpha * std::expm1(z)), scale * (z > 0 ? R(1) : alpha * std::exp(z))};
}
template <class R>
result<R> exact(sigmoid, R z) {
  const logistic<R> s(z);
  return {s.up, s.up * s.down};
}
template <class R>
result<R> exact(tanh, R z) {
  const R e = std::exp(-2 * std::abs(z));
  return {std::tanh(z), 4 * e / ((1 + e) * (1 + e))};
}
template <class R>
result<R> exact(fast_tanh, R z) {
  return exact(tanh{}, z);
}
template <class R>
result<R> exact(fast_sigmoid, R z) {
  return exact(sigmoid{}, z);
}
template <class R>
result<R> exact(gelu, R z) {
  if (std::isinf(z))
    return {z > 0 ? z : R(0), z > 0 ? R(1) : R(0)};
  const auto sqrt2 = R(1.41421356237309504880168872420969808L), sqrt2pi = R(2.50662827463100050241576528481104525L);
  const R phi = std::erfc(-z / sqrt2) / 2;
  return {z * phi, phi + z * std::exp(-z * z / 2) / sqrt2pi};
}
template <class R>
result<R> exact(gelu_tanh, R z) {
  if (std::isinf(z))
    return {z > 0 ? z : R(0), z > 0 ? R(1) : R(0)};
  const auto c = R(1.59576912160573071175978423973752747L), d = R(0.044715L * 1.59576912160573071175978423973752747L);
  const logistic<R> s(z * (c + d * z * z));
  return {z * s.up, s.up == 1 ? R(1) : (s.up == 0 ? R(0) : s.up * (1 + z * s.down * (c + 3 * d * z * z)))};
}
template <class R>
result<R> exact(silu, R z) {
  if (std::isinf(z))
    return {z > 0 ? z : R(0), z > 0 ? R(1) : R(0)};
  const logistic<R> s(z);
  return {z * s.up, s.up * (1 + z * s.down)};
}
template <class R>
result<R> exact(mish, R z) {
  if (std::isinf(z))
    return {z > 0 ? z : R(0), z > 0 ? R(1) : R(0)};
  if (z > 100)
    return {z, 1};
  const R e = std::exp(z), u = e * (e + 2), t = u / (u + 2);
  return {z * t, t + z * (2 / (u + 2)) * (2 * (1 + u) / (u + 2)) * (e / (1 + e))};
}
template <class R>
result<R> exact(softplus, R z) {
  const R e = std::exp(-std::abs(z));
  return {z > 20 ? z : (z > 0 ? z : R(0)) + std::log1p(e), z > 20 ? R(1) : logistic<R>(z).up};
}
template <class R>
result<R> exact(softsign, R z) {
  const R r = 1 / (1 + std::abs(z));
  return {std::isinf(z) ? std::copysign(R(1), z) : z * r, r * r};
}
template <class R>
result<R> exact(hard_tanh, R z) {
  return {z < -1 ? R(-1) : (z > 1 ? R(1) : z), std::abs(z) < 1 ? R(1) : R(0)};
}
template <class R>
result<R> exact(hard_sigmoid, R z) {
  return {z < -3 ? R(0) : (z > 3 ? R(1) : (z + 3) / 6), std::abs(z) < 3 ? R(1) / 6 : R(0)};
}
template <class R>
result<R> exact(hard_swish, R z) {
  return {z < -3 ? R(0) : (z > 3 ? z : z * (z + 3) / 6), z <= -3 ? R(0) : (z >= 3 ? R(1) : z / 3 + R(0.5))};
}

} // namespace inlay::reference
