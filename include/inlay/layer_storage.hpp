#pragma once

#include "inlay/layer_indices.hpp"
#include "inlay/statistics.hpp"
#include "inlay/topology.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Where in the storage of a net layer l begins, and at depth + 1 where it ends.
template <class Topology>
struct layer_offsets {
  std::size_t of[Topology::depth + 2]{};

  constexpr layer_offsets() noexcept {
    fill<1>();
    of[Topology::depth + 1] = Topology::storage;
  }

private:
  template <std::size_t l>
  constexpr void fill() noexcept {
    of[l] = Topology::template place<l>::offset;
    if constexpr (l < Topology::depth) fill<l + 1>();
  }
};

/// Calls f(offset, n) for the n numbers in storage of each layer that is not frozen.
template <class Topology>
constexpr void for_each_unfrozen(const layer_indices& frozen, auto f) noexcept {
  constexpr layer_offsets<Topology> offsets;
  for (std::size_t l = 1; l <= Topology::depth; ++l)
    if (!frozen.contains(l) && offsets.of[l + 1] > offsets.of[l]) f(offsets.of[l], offsets.of[l + 1] - offsets.of[l]);
}

/// The same for those of them that are trained.
template <class Topology>
constexpr void for_each_trained(const layer_indices& frozen, auto f) noexcept {
  for_each_unfrozen<Topology>(frozen, [&](std::size_t at, std::size_t n) {
    for_each_part(Topology::statistics, at, n, f, [](std::size_t, std::size_t) {});
  });
}

} // namespace inlay::detail
