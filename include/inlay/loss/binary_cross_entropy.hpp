#pragma once

#include "inlay/loss.hpp"
#include "inlay/math/exponential.hpp"
#include "inlay/math/logarithm.hpp"

namespace inlay {

/// Mean of −y log σ(a) − (1 − y) log(1 − σ(a)) for logits a, σ the sigmoid; torch.nn.BCEWithLogitsLoss.
/// Computed as max(a, 0) − a y + log(1 + exp(−|a|)); the derivative is σ(a) − y.
struct binary_cross_entropy {
  static constexpr bool takes_logits = true;

  template <class V>
  static constexpr value_and_derivative<V> at(V a, V y) noexcept {
    using math::absolute, math::as_written, math::maximum, math::select;
    const V e = math::exp(-absolute(a));
    const V p = select(a < V(0), e, V(1)) / (V(1) + e);
    return {as_written(maximum(V(0), a) - a * y) + math::log1p(e), as_written(p) - y};
  }
};

} // namespace inlay
