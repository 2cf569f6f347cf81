#pragma once

#include "inlay/activation.hpp"
#include "inlay/kernel.hpp"
#include "inlay/tensor.hpp"

#include <cstddef>

/// Derivatives along directions beside a recorded sample. A layer takes part that says `carries_tangents`:
///
///     tangent             (θ, trace, a, ȧ, ȧˡ, of)  ȧˡ = σ′(zˡ) ⊙ ż, ż = Wˡ ȧ; and gives `of` what is curved, see curvature_of
///     delta_of_directions (θ, trace, ∇aˡ, ∇zˡ)      ∇zˡ = ∇aˡ ⊙ σ′(zˡ)
///
/// One row of ȧ or ∇aˡ is a direction, all of them of the one recorded row; of a sequence rows are its steps, and there is one direction.
/// A layer that `is_linear` has neither: its forward and delta serve. One that `bends` is linear but for a σ of each number.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Given to `tangent` when nobody will ask for second derivatives.
struct uncurved {};

template <class Layer>
inline constexpr bool is_linear_layer = requires { requires Layer::is_linear; };
template <class Layer>
inline constexpr bool carries_tangents = is_linear_layer<Layer> || requires { requires Layer::carries_tangents; };
template <class Layer>
inline constexpr bool bends = is_linear_layer<Layer> || requires { requires Layer::bends; };

/// What was recorded of one row, for every direction; of several rows, for each.
template <class T, std::size_t Rows, std::size_t N, class Like>
constexpr auto recorded_rows(const block<T, Rows, N>& of, Like like) noexcept {
  if constexpr (Rows == 1 && Like::capacity > 1) return rows<const T, Like::capacity, N, 0>{of.data, like.samples()};
  else return of.view(like.samples());
}
/// The Hessian of uᵀ f by the directions, Σ over all σ in the net of Żᵀ diag(σ″(z) ⊙ ∇a) Ż: all else is linear. `grad_a` is the ∇aˡ of
/// the layers l..L or of one, `grad_z` what they keep of the way back; H is of as many rows as there are directions, the lower triangle.
template <class GradA, class GradZ, class H>
struct curvature_of {
  GradA grad_a;
  const GradZ& grad_z;
  H hessian;

  /// H += Żᵀ diag(σ″(z) ⊙ ∇a) Ż
  template <class Activation>
  constexpr void add(auto z, auto tangent_z) const noexcept {
    using T = typename H::element;
    block<T, 1, GradA::size> curved;
    const auto weight = curved.view(1);
    kernel::map([](auto z, auto grad) { return curvature<Activation>(z) * grad; }, weight, as_read(z), as_read(grad_a));
    for (std::size_t k = 0; k < tangent_z.samples(); ++k) {
      block<T, 1, GradA::size> weighted;
      kernel::map([](auto w, auto t) { return w * t; }, weighted.view(1), as_read(weight), as_read(row(tangent_z, k)));
      for (std::size_t i = 0; i <= k; ++i)
        hessian[k][i] += kernel::sum([](auto a, auto b) { return a * b; }, as_read(weighted.view(1)), as_read(row(tangent_z, i)));
    }
  }
};

template <class GradA, class GradZ, class H>
curvature_of(GradA, const GradZ&, H) -> curvature_of<GradA, GradZ, H>; // clang 14 has none of its own

} // namespace inlay::detail
