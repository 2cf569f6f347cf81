#pragma once

#include "inlay/chain/entrance.hpp"
#include "inlay/chain/storage.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The layers l..L of a topology as one: forward, and the gradient chain, unrolled at compile time by recursion. Every
/// layer of every net goes through these lines; the verbs of each are in layer.hpp.
template <class Topology, std::size_t l = 1>
struct chain : chain_storage<Topology, l> {
  using layer = typename Topology::template layer<l>;
  using next = chain<Topology, l + 1>; // the layers l+1..L

  // aˡ = σ(Wˡ aˡ⁻¹ + bˡ)
  static constexpr void forward(auto theta, auto& trace, auto a_before, auto a_last) noexcept {
    if constexpr (l == Topology::depth) return layer::forward(own(theta), trace.head, a_before, a_last);
    else {
      const auto a = trace.a.view(chain::rows_behind(a_before.samples()));
      layer::forward(own(theta), trace.head, a_before, a);
      next::forward(theta, trace.tail, a, a_last);
    }
  }

  // ∇zˡ = ∇aˡ ⊙ σ′(zˡ), where ∇aˡ = (Wˡ⁺¹)ᵀ ∇zˡ⁺¹
  static constexpr void delta(auto theta, const auto& trace, auto grad_a_last, auto& grad_z) noexcept {
    if constexpr (l == Topology::depth) return detail::enter<layer>(own(theta), trace.head, grad_a_last, grad_z.head);
    else {
      next::delta(theta, trace.tail, grad_a_last, grad_z.tail);
      const auto grad_a = grad_z.a.view(rows_of(grad_a_last));
      next::transposed(theta, grad_z.tail, grad_a);
      layer::delta(own(theta), trace.head, grad_a, grad_z.head);
    }
  }

  // ∇Wˡ += ∇zˡ (aˡ⁻¹)ᵀ, ∇bˡ += ∇zˡ
  static constexpr void accumulate(const auto& trace, const auto& grad_z, auto grad) noexcept {
    layer::accumulate(trace.head, grad_z.head, own(grad));
    if constexpr (l < Topology::depth) next::accumulate(trace.tail, grad_z.tail, grad);
  }

  // ∇aˡ⁻¹ = (Wˡ)ᵀ ∇zˡ
  [[gnu::always_inline]] static constexpr void transposed(auto theta, const auto& grad_z, auto grad_a_before) noexcept {
    layer::transposed(own(theta), grad_z.head, grad_a_before);
  }

private:
  /// Rows behind layer l for those behind the last.
  static constexpr std::size_t rows_of(auto last) noexcept {
    return last.samples() / Topology::template steps_behind<Topology::depth> * Topology::template steps_behind<l>;
  }
  static constexpr auto own(auto theta) noexcept {
    return theta.template subspan<Topology::template place<l>::offset, layer::storage>();
  }
};

} // namespace inlay
