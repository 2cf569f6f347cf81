#pragma once

#include "inlay/activation.hpp"
#include "inlay/detail/require.hpp"
#include "inlay/kernel.hpp"

#include <cstddef>
#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// A loss is an empty object with
///     row(target, into)                  the target as a row of the outputs' size
///     gradient(a, target, ∇a, scale)     the loss of one sample, and ∇a = scale * its gradient
/// and, where that is simplest behind the last layer's σ, `enters_at_z<σ>` and
///     gradient_at_z<σ>(a, target, ∇z, scale)
template <class Loss, class Activation>
concept entering_at_z = requires { requires Loss::template enters_at_z<Activation>; };

/// Base of a loss whose target may be a number for each output.
struct numbers_target {
  template <class T, std::size_t N, class Row>
  static constexpr void row(std::span<const T, N> target, Row into) noexcept {
    for (std::size_t i = 0; i < Row::stride; ++i) into.data[i] = i < N ? target[i] : T(0);
  }
};

/// The mean over the outputs of a loss of one output and its target: Derived has a static `at(a, y)`, a template over
/// scalars and registers, that gives the value and the derivative by a.
template <class Derived>
struct elementwise_loss : numbers_target {
  template <class A, class Target, class G, class T>
  static constexpr T gradient(A a, Target target, G grad, T scale) noexcept {
    constexpr T mean = T(1) / T(A::size);
    return mean * kernel::loss([](auto a_i, auto y_i) { return Derived::at(a_i, y_i); }, a, target, grad, scale * mean);
  }
};

/// Base of a loss whose target is a class, by its index or as the probabilities of all.
struct class_target : numbers_target {
  using numbers_target::row;
  template <class T, std::size_t N, class Row>
  static constexpr void row(std::size_t target, Row into) noexcept {
    detail::require(target < N, "target", "a class index below the number of outputs,", N, target);
    for (std::size_t i = 0; i < Row::stride; ++i) into.data[i] = i == target ? T(1) : T(0);
  }
};

} // namespace inlay
