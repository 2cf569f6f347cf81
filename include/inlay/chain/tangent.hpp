#pragma once

#include "inlay/chain.hpp"
#include "inlay/tangent.hpp"

#include <cstddef>
#include <type_traits>

/// A net's way along directions beside a recorded sample, and back; what its layers say of it is in tangent.hpp.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

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

/// Numbers of one direction between all layers of a topology, and between those within its composites.
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
