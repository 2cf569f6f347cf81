#pragma once

#include <cstddef>

namespace inlay {

/// Options of self_attention: `self_attention<4, attention_options{.is_causal = true, .window = 64}>`.
struct attention_options {
  bool is_causal = false; ///< each step attends to itself and those before it, as is_causal of PyTorch's scaled_dot_product_attention
  std::size_t window = 0; ///< causal: to the last `window` steps, itself included; 0: as many as the sequence has

  friend constexpr bool operator==(const attention_options&, const attention_options&) noexcept = default;
};

} // namespace inlay
