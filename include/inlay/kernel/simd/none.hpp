#pragma once

#include "inlay/kernel/reference/elementwise.hpp"
#include "inlay/kernel/reference/linear.hpp"

#include <cstddef>

/// Without an instruction set of ours (Cortex-M, RISC-V, 32-bit x86) a register is a number and the reference serves.
/// It writes no padding, so what a net has there stays zero.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel {

/// No mode is set: Cortex-M and RISC-V compute with denormals in hardware, and x87 has no such mode, but takes longer for
/// them. The caller's count as zero in inference, as everywhere: the reference reads them so.
class denormals_are_zero {
public:
  constexpr denormals_are_zero() noexcept {} // defaulted, it would be an unused variable
  denormals_are_zero(const denormals_are_zero&) = delete;
  denormals_are_zero& operator=(const denormals_are_zero&) = delete;
};

namespace simd {

struct default_arch {};

template <class T, class>
using pack = T;

template <std::size_t>
inline constexpr std::size_t alone = 1;

/// What is asked of instruction.hpp elsewhere.
namespace instruction {
inline constexpr bool checked = false;
}
template <class F>
constexpr void call(F f) noexcept {
  f();
}

template <class, class Rule, class T, class... State>
constexpr void update(const Rule& rule, std::size_t n, T* w, const T* g, State*... states) noexcept {
  reference::update(rule, n, w, g, states...);
}

template <class, class Panels, class Rule, class X, class Delta, class T, class... State>
constexpr void update(const Rule& rule, X x, Delta delta, std::size_t weights, T* w, State*... states) noexcept {
  reference::update<Panels>(rule, x, delta, weights, w, states...);
}

template <class, class T>
constexpr double sum_of_squares(std::size_t n, const T* x, T scale) noexcept {
  return reference::sum_of_squares(n, x, scale);
}

/// Whether the largest |x[i]| is above the bound and finite.
template <class, class T>
constexpr bool any_above(T bound, const T* x, std::size_t n) noexcept {
  bool found = false;
  for (std::size_t i = 0; i < n; ++i) {
    const T size = math::absolute(x[i]);
    found |= size > bound && size <= math::ieee<T>::largest;
  }
  return found;
}

template <class Arch, class T, class X>
constexpr bool any_above(T bound, X x) noexcept {
  bool found = false;
  for (std::size_t s = 0; s < x.samples(); ++s)
    found |= any_above<Arch>(bound, x[s], X::size);
  return found;
}

} // namespace simd
} // namespace inlay::kernel
