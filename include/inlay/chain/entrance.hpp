#pragma once

#include "inlay/kernel.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Marks rows as ∇zᴸ: the second door into the chain, for losses that are simplest there (softmax with cross entropy:
/// p − y). What is known of each of several heads is the Loss's affair, see loss/each.hpp.
template <class Rows, class Loss>
struct at_z : Rows {
  using loss = Loss;
};

/// ∇zᴸ from ∇aᴸ through the last layer's σ, or as it comes where the loss knows it.
template <class Layer>
constexpr void enter(auto theta, const auto& trace, auto grad_a, auto& grad_z) noexcept {
  Layer::delta(theta, trace, grad_a, grad_z);
}
template <class Layer, class Rows, class Loss>
constexpr void enter(auto theta, const auto& trace, at_z<Rows, Loss> known, auto& grad_z) noexcept {
  if constexpr (requires { Layer::enter(theta, trace, known, grad_z); }) Layer::enter(theta, trace, known, grad_z);
  else kernel::copy(grad_z.view(known.samples()), known);
}

} // namespace inlay::detail
