#pragma once

#include "inlay/activation.hpp"
#include "inlay/chain.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

/// A net's way along directions beside a recorded sample. A layer takes part that says `carries_tangents`:
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

template <class Topology>
constexpr bool all_carry_tangents() noexcept {
  bool all = true;
  const auto see = [&]<class At>() { all = all && carries_tangents<typename At::layer>; };
  for_each_layer<Topology>(see);
  return all;
}
/// The same where one recorded row serves many directions.
template <class Topology>
constexpr bool all_carry_directions() noexcept {
  bool all = all_carry_tangents<Topology>() && Topology::input_shape::steps == 1 && Topology::output_shape::steps == 1;
  const auto see = [&]<class At>() { all = all && At::layer::output_shape::steps == 1; };
  for_each_layer<Topology>(see);
  return all;
}
template <class Topology>
constexpr bool all_bend() noexcept {
  bool all = all_carry_directions<Topology>();
  const auto see = [&]<class At>() { all = all && bends<typename At::layer>; };
  for_each_layer<Topology>(see);
  return all;
}

/// Numbers of one direction between all layers of a topology, and those of its widest composite, at most twice as many.
template <class Topology>
constexpr std::size_t numbers_of_direction() noexcept {
  std::size_t numbers = padded<typename Topology::scalar>(Topology::input_shape::row::size);
  const auto see = [&]<class At>() {
    using layer = typename At::layer;
    numbers += padded<typename Topology::scalar>(layer::output_shape::row::size);
    if constexpr (composite_layer<layer>)
      layer::for_each_branch([&]<class Branch, std::size_t>() { numbers += numbers_of_direction<Branch>(); });
  };
  for_each_layer<Topology>(see);
  return numbers;
}

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

template <class Layer>
constexpr void push_layer(auto theta, const auto& trace, auto a, auto tangent_a, auto tangent_y, auto of) noexcept {
  if constexpr (is_linear_layer<Layer>) {
    unrecorded nothing;
    Layer::forward(theta, nothing, tangent_a, tangent_y);
  } else Layer::tangent(theta, trace, a, tangent_a, tangent_y, of);
}

/// ȧᴸ from ȧ⁰
template <class Topology, std::size_t l = 1>
constexpr void push(auto theta, const auto& trace, auto a_before, auto tangent_before, auto tangent_last, auto of) noexcept {
  using layer = typename Topology::template layer<l>;
  constexpr bool curved = !std::is_same_v<decltype(of), uncurved>;
  const auto own = theta.template subspan<Topology::template place<l>::offset, layer::storage>();
  if constexpr (l == Topology::depth) {
    if constexpr (curved)
      push_layer<layer>(own, trace.head, a_before, tangent_before, tangent_last, curvature_of{of.grad_a, of.grad_z.head, of.hessian});
    else push_layer<layer>(own, trace.head, a_before, tangent_before, tangent_last, of);
  } else {
    using storage = chain_storage<Topology, l>;
    block<typename Topology::scalar, storage::rows_behind(tangent_before.capacity), layer::output_shape::row::size> tangent;
    const auto to = tangent.view(storage::rows_behind(tangent_before.samples()));
    const auto a = trace.a.view(storage::rows_behind(a_before.samples()));
    if constexpr (curved) {
      push_layer<layer>(own, trace.head, a_before, tangent_before, to, curvature_of{of.grad_z.a.view(1), of.grad_z.head, of.hessian});
      push<Topology, l + 1>(theta, trace.tail, a, as_read(to), tangent_last, curvature_of{of.grad_a, of.grad_z.tail, of.hessian});
    } else {
      push_layer<layer>(own, trace.head, a_before, tangent_before, to, of);
      push<Topology, l + 1>(theta, trace.tail, a, as_read(to), tangent_last, of);
    }
  }
}

/// ∇zˡ of all layers from ∇aᴸ, one row a direction, all of them of the one recorded row.
template <class Topology, std::size_t l = 1>
constexpr void pull(auto theta, const auto& trace, auto grad_a_last, auto& grad_z) noexcept {
  using layer = typename Topology::template layer<l>;
  const auto own = theta.template subspan<Topology::template place<l>::offset, layer::storage>();
  const auto one = [&](auto grad_a) {
    if constexpr (is_linear_layer<layer>) layer::delta(own, trace.head, grad_a, grad_z.head);
    else layer::delta_of_directions(own, trace.head, grad_a, grad_z.head);
  };
  if constexpr (l == Topology::depth) one(grad_a_last);
  else {
    pull<Topology, l + 1>(theta, trace.tail, grad_a_last, grad_z.tail);
    const auto grad_a = grad_z.a.view(grad_a_last.samples());
    chain<Topology, l + 1>::transposed(theta, grad_z.tail, grad_a);
    one(grad_a);
  }
}

} // namespace inlay::detail
