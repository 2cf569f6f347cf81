#pragma once

#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A bound layer without parameters and without σ derives from this, and says forward and transposed: ∇zˡ = ∇aˡ, and nothing is
/// kept on the way.
template <scalar T, class Input, class Output>
struct rearranging : parameterless<T, Input, Output> {
  static constexpr bool is_linear = true;
  template <class>
  struct trace {};
  template <std::size_t Rows>
  using gradient = block<T, Rows, Output::row::size>;

  template <class Trace, class G, class Gradient>
  static constexpr void delta(std::span<const T, 0>, const Trace&, G grad_a, Gradient& grad_z) noexcept {
    kernel::copy(grad_z.view(grad_a.samples()), grad_a);
  }
  template <class Trace, class Gradient>
  static constexpr void accumulate(const Trace&, const Gradient&, std::span<T, 0>) noexcept {}
};

/// What is wrong with an input that should be a sequence.
template <class Input>
constexpr auto check_sequence() noexcept {
  if constexpr (!is_over_time<Input>) return mismatch<refused::a_sequence, Input>{};
  else return accepted{};
}

} // namespace inlay::detail
