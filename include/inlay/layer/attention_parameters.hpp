#pragma once

#include "inlay/activation.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"

#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Parameters of an attention of Heads heads of a sequence of `features` numbers, and its two projections: x to q, k and v, and the
/// o of all heads to y.
template <scalar T, std::size_t features, std::size_t Heads>
struct attention_parameters {
  static constexpr std::size_t own = features / Heads;
  /// Of a head, which begins at a register: its numbers, then padding, which stays zero.
  static constexpr std::size_t head = kernel::layout{1, own, alignment / sizeof(T)}.row_length(), inner = Heads * head, wide = 3 * inner;
  using in_map = kernel::panels<T, features, wide>;
  using out_map = kernel::panels<T, inner, features>;
  using panels = in_map;

  static constexpr std::size_t in_weights_at = padded<T>(wide), out_at = in_weights_at + padded<T>(in_map::size);
  static constexpr std::size_t out_weights_at = padded<T>(features), storage = out_at + out_weights_at + padded<T>(out_map::size);
  static constexpr std::size_t in_weight_count = 3 * features * features, out_weight_count = features * features;
  static constexpr std::size_t parameter_count = in_weight_count + out_weight_count + 4 * features;
  static constexpr parameter parameters[] = {{"in_proj_weight", {3 * features, features}},
                                             {"in_proj_bias", {3 * features}},
                                             {"out_proj.weight", {features, features}},
                                             {"out_proj.bias", {features}}};

  /// Where number i of all heads' is, of q, k and v one behind the other.
  static constexpr std::size_t column(std::size_t i) noexcept { return i / own * head + i % own; }
  static constexpr std::size_t index(std::size_t k) noexcept {
    if (k < in_weight_count) return in_weights_at + in_map::index(column(k / features), k % features);
    k -= in_weight_count;
    if (k < 3 * features) return column(k);
    k -= 3 * features;
    if (k < out_weight_count) return out_at + out_weights_at + out_map::index(k / features, column(k % features));
    return out_at + k - out_weight_count;
  }
  /// As PyTorch: in_proj_weight from ±√(6 / (D + 3 D)), out_proj.weight from ±1 / √D, biases 0.
  static constexpr void initialize(std::span<T, storage> theta, auto& numbers) noexcept {
    const double in = math::square_root(1.5 / static_cast<double>(features)), out = 1 / math::square_root(static_cast<double>(features));
    for (std::size_t k = 0; k < in_weight_count; ++k) theta[index(k)] = static_cast<T>(in * numbers.symmetric());
    for (std::size_t k = 0; k < out_weight_count; ++k)
      theta[index(in_weight_count + 3 * features + k)] = static_cast<T>(out * numbers.symmetric());
  }

  static constexpr void project_in(const T* theta, auto x, auto z) noexcept {
    kernel::forward<identity, in_map>(theta + in_weights_at, theta, x, z, nullptr);
  }
  static constexpr void project_out(const T* theta, auto o, auto y) noexcept {
    kernel::forward<identity, out_map>(theta + out_at + out_weights_at, theta + out_at, o, y, nullptr);
  }

  // NaN times zero between the heads.
  static constexpr void clear_between(auto by) noexcept {
    for (std::size_t r = 0; r < by.samples(); ++r)
      for (std::size_t c = 0; c < wide; ++c)
        if (c % head >= own) by[r][c] = 0;
  }
  static constexpr void clear_padding_of_weights(T* grad) noexcept {
    for (std::size_t c = 0; c < wide; ++c) {
      if (c % head < own) continue;
      grad[c] = 0;
      for (std::size_t i = 0; i < features; ++i) grad[in_weights_at + in_map::index(c, i)] = 0;
      if (c < inner)
        for (std::size_t o = 0; o < features; ++o) grad[out_at + out_weights_at + out_map::index(o, c)] = 0;
    }
  }
};

} // namespace inlay::detail
