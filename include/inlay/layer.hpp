#pragma once

#include "inlay/concepts.hpp"
#include "inlay/description.hpp"
#include "inlay/refusal/words.hpp"
#include "inlay/shape.hpp"
#include "inlay/tensor.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

namespace inlay {

/// Given to `forward` in place of a trace when nobody will ask for a gradient.
struct unrecorded {};

template <class Trace>
inline constexpr bool recorded = !std::same_as<Trace, unrecorded>;

/// What a layer description may return from a `check<T, Input>()` of its own, before `bind<T, Input>` is looked into:
/// nothing is wrong, or what it wants and what it gets instead, in types that the compiler can print. A list with a
/// mismatch is refused with the layer's index.
struct accepted {
  static constexpr bool none = true;
};
template <class Wanted, class Found>
struct mismatch {};

/// The same of a composite: what is wrong within its branch k, counted from 1; two branches whose outputs do not fit.
template <std::size_t k, class Mistake>
struct in_branch {};
template <std::size_t k, class Output, std::size_t k2, class Output2>
struct different_branches {};

/// What a bound layer says in types and numbers.
template <class L>
concept counted_layer = scalar<typename L::scalar> && requires {
  typename L::input_shape;
  typename L::output_shape;
  { L::parameter_count } -> std::convertible_to<std::size_t>; // logical, no padding
  { L::multiply_adds } -> std::convertible_to<std::size_t>;   // of one forward pass of one sample
  { L::storage } -> std::convertible_to<std::size_t>;         // numbers in θ, padding included
  { L::index(std::size_t{}) } -> std::same_as<std::size_t>;   // where in θ the k-th of parameter_count is
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The rows of one sample as layers get them from each other.
template <class T, class Shape>
using sample_rows = rows<T, Shape::steps, Shape::row::size, padded<std::remove_const_t<T>>(Shape::row::size)>;

/// What a layer is once its scalar and its input shape are known. A layer description such as `dense<32, relu>` has a
/// member template `bind<T, Input>` that is one of these. All state is in the arguments, every function is static:
///
///     forward    (θ, trace, a, aˡ)       aˡ = the layer's output; the trace keeps what the verbs below read
///     delta      (θ, trace, ∇aˡ, ∇zˡ)    ∇zˡ = ∇aˡ ⊙ σ′(zˡ)
///     accumulate (trace, ∇zˡ, ∇θ)        ∇θ += the outer products
///     transposed (θ, ∇zˡ, ∇aˡ⁻¹)         ∇aˡ⁻¹ = (Wˡ)ᵀ ∇zˡ
///
/// θ and ∇θ are spans of `storage` numbers; a, aˡ and ∇a are `rows` of input_shape::size or output_shape::size numbers,
/// one row a sample; what ∇zˡ is, is the layer's own affair: it stores it in `gradient<samples>`. a stays where it is
/// until the sweep is over, so a trace may keep the view.
///
/// A layer may also have: `weight_count`, of its parameters those that are weights, for net.layer<l>().weights();
/// `fan_in` and `fan_out` with `activation`, for initialize(); or an `initialize(θ, numbers)` of its own; and
///
///     update     (rule, trace, ∇zˡ, θ, states...)   rule(θ, ∇θ, states...) without ∇θ in memory, for train_step()
///     scratch<samples, recorded>                    bytes that its verbs take of the stack, for stack_bytes()
///     state, step(θ, state, a, aˡ)                  what it remembers, a regular value, {} at first, and a step of a stream;
///                                                   with `steps_together`, of up to steps_at_once rows of one sequence
template <class L, class T = typename L::scalar, class A = sample_rows<const T, typename L::input_shape>>
concept bound_layer =
    counted_layer<L> &&
    requires(std::span<const T, L::storage> theta, std::span<T, L::storage> grad_theta, A a, unrecorded nothing,
             typename L::template trace<A>& trace, typename L::template gradient<L::output_shape::steps>& grad_z,
             sample_rows<T, typename L::output_shape> y, sample_rows<T, typename L::output_shape> grad_y,
             sample_rows<T, typename L::input_shape> grad_a) {
      L::forward(theta, nothing, a, y);
      L::forward(theta, trace, a, y);
      L::delta(theta, trace, grad_y, grad_z);
      L::accumulate(trace, grad_z, grad_theta);
      L::transposed(theta, grad_z, grad_a);
    };

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// Steps that a stream's block goes through a layer at a time, at most: a tile of registers.
inline constexpr std::size_t steps_at_once = 16;

/// A layer of layers, `branch_count` lists of them: for_each_branch(f) calls f<topology, offset>() for each and the place of
/// its parameters in θ.
template <class L>
concept composite_layer = requires {
  { L::branch_count } -> std::convertible_to<std::size_t>;
};

/// A bound layer without parameters derives from this.
template <scalar T, class Input, class Output = Input>
struct parameterless {
  using scalar = T;
  using input_shape = Input;
  using output_shape = Output;
  static constexpr std::size_t parameter_count = 0;
  static constexpr std::size_t multiply_adds = 0;
  static constexpr std::size_t storage = 0;
  static constexpr std::size_t index(std::size_t) noexcept { return 0; }
};

} // namespace inlay
