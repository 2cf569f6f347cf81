#pragma once

#include "inlay/description.hpp"
#include "inlay/math/dual.hpp"

#include <concepts>
#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// σ(z) and σ′(z) of one element, or of a register of elements. An activation computes both in one function, because
/// they share their expensive part; where only the value is read, the compiler drops the rest.
// Each formula is a part of its caller by an attribute: g++ makes functions of those that a net of many layers has often, which
// work out σ′ whether it is wanted or not.
// What returns it, and what that calls, keeps results of functions in locals that are not const: g++ 12 holds a const struct
// in memory and works out all of its members, σ′ too where nobody wants it.
template <class V>
struct value_and_derivative {
  V value;
  V derivative;
};

/// An activation that acts on each element by itself: an empty type with a static `at(z)`, a template over V.
/// One without a quotient or an exponential says `immediate`, see kernel/simd/plan.hpp.
template <class Activation, class V>
concept elementwise_activation = requires(V z) {
  { Activation::at(z) } -> std::same_as<value_and_derivative<V>>;
};

/// σ″(z), the derivative of σ′ as a formula of dual numbers gives it.
template <class Activation, class V>
constexpr V curvature(V z) noexcept {
  return Activation::at(math::dual<V>(z, V(math::scalar_of<V>(1)))).derivative.tangent;
}

/// An activation of a whole row at once: a static `forward(z, a)` and `delta(a, ∇a, ∇z)`, each of one row.
template <class Activation>
concept rowwise_activation = requires { typename Activation::rowwise; };

/// What a net of several outputs ends in: of each the activation, void where there is none, and its numbers.
template <class Activation, std::size_t N>
struct head {
  using activation = Activation;
  static constexpr std::size_t size = N;
};
template <class... Heads>
struct activations_of_heads {};

} // namespace inlay

namespace inlay {

/// a = z. The default of every layer.
struct identity {
  static constexpr description described{.name = "identity",
                                         .header = "inlay/activation.hpp",
                                         .onnx = "Identity(z)",
                                         .keras = "linear"};
  static constexpr bool immediate = true;
  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    return {z, V(1)};
  }
};

} // namespace inlay
