#pragma once

#include "inlay/instruction_set.hpp"

#include <array>
#include <cstddef>

/// Numbers of θ that are measured, not trained: the running means and variances of batch_norm. They lie behind a layer's
/// trained parameters, at lines of their own. In their place a gradient has (running − seen) × momentum, of which an
/// optimizer takes away all: s ← s − g.
namespace inlay {

/// Samples of a batch whose statistics are taken together, whatever the stack's budget, threads and instruction set are. A larger
/// batch goes in even parts, each normalised by its own.
inline constexpr std::size_t batch_statistics_of = 32;

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// n numbers of a storage from `at` on, whole alignments.
struct storage_range {
  std::size_t at, n;
};

/// Where a bound layer's statistics are: its `statistics`, an array of ranges; none where it has no such member.
template <class Layer>
constexpr auto statistics_of() noexcept {
  if constexpr (requires { Layer::statistics.size(); }) return Layer::statistics;
  else return std::array<storage_range, 0>{};
}

/// Those of one, then those of another that begins at `offset`.
template <std::size_t N, std::size_t M>
constexpr auto joined(const std::array<storage_range, N>& first, const std::array<storage_range, M>& second, std::size_t offset) noexcept {
  std::array<storage_range, N + M> all{};
  for (std::size_t k = 0; k < N; ++k) all[k] = first[k];
  for (std::size_t k = 0; k < M; ++k) all[N + k] = {offset + second[k].at, second[k].n};
  return all;
}

/// Calls trained(at, n) for what lies between the statistics, and measured(at, n) for those, of n numbers from `at` on.
template <std::size_t N>
constexpr void for_each_part(const std::array<storage_range, N>& statistics, std::size_t at, std::size_t n, auto trained,
                             auto measured) noexcept {
  const std::size_t end = at + n;
  if constexpr (N > 0)
    for (const auto& range : statistics) {
      if (range.at + range.n <= at || range.at >= end) continue;
      if (range.at > at) trained(at, range.at - at);
      measured(range.at, range.n);
      at = range.at + range.n;
    }
  if (at < end) trained(at, end - at);
}

} // namespace inlay::detail
