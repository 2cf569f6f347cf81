#pragma once

#include "inlay/kernel.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Marks rows as ∇zᴸ: the second door into the chain, for losses that are simplest there (softmax with cross entropy:
/// p − y).
template <class Rows>
struct at_z : Rows {};

/// ∇zᴸ from ∇aᴸ through the last layer's σ, or as it comes where the loss knows it.
template <class Layer>
constexpr void enter(auto theta, const auto& trace, auto grad_a, auto& grad_z) noexcept {
  Layer::delta(theta, trace, grad_a, grad_z);
}
template <class Layer, class Rows>
constexpr void enter(auto, const auto&, at_z<Rows> known, auto& grad_z) noexcept {
  kernel::copy(grad_z.view(known.samples()), known);
}

} // namespace inlay::detail
