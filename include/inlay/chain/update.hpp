#pragma once

#include "inlay/chain.hpp"

#include <cstddef>
#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// θ ← rule(θ, g, states...) for n numbers from `at` on, statistics by their own rule. Of is a layer or a topology.
template <class Of, class T>
constexpr void update_range(const auto& rule, std::size_t at, std::size_t n, T* theta, const T* g, auto*... states) noexcept {
  for_each_part(
      statistics_of<Of>(), at, n, [&](std::size_t from, std::size_t count) { kernel::update(rule, count, theta + from, g + from, states + from...); },
      [&](std::size_t from, std::size_t count) {
        kernel::update([](auto& s, auto seen) { s = s - seen; }, count, theta + from, g + from);
      });
}

/// θˡ ← rule(θˡ, ∇θˡ, states...) for the layers l..L, once the chain has found every ∇zˡ. A layer with an `update` of its
/// own never has ∇θˡ in memory; for others it is on the stack, one layer at a time.
template <class Topology, std::size_t l = 1, class T = typename Topology::scalar>
constexpr void update_layers(const auto& rule, const auto& trace, const auto& grad_z, auto theta, auto... states) noexcept {
  using layer = typename Topology::template layer<l>;
  const auto own = [](auto all) { return all.template subspan<Topology::template place<l>::offset, layer::storage>(); };
  if constexpr (requires { layer::update(rule, trace.head, grad_z.head, own(theta), own(states)...); }) {
    layer::update(rule, trace.head, grad_z.head, own(theta), own(states)...);
  } else if constexpr (layer::storage > 0) {
    alignas(alignment) T grad[padded<T>(layer::storage)]{};
    layer::accumulate(trace.head, grad_z.head, std::span<T, padded<T>(layer::storage)>(grad).template first<layer::storage>());
    update_range<layer>(rule, 0, padded<T>(layer::storage), own(theta).data(), grad, own(states).data()...);
  }
  if constexpr (l < Topology::depth) update_layers<Topology, l + 1>(rule, trace.tail, grad_z.tail, theta, states...);
}

} // namespace inlay::detail
