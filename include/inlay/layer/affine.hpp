#pragma once

#include "inlay/activation.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"
#include "inlay/tangent.hpp"

#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The σ of a layer: what the trace keeps of it, and ∇z = ∇a ⊙ σ′(z). Forward records σ′(z) itself, since value and
/// derivative share their expensive part, so going back is one multiplication an element, whatever σ is.
template <class Activation, class T, std::size_t Samples, std::size_t N>
struct activation_trace {
  block<T, Samples, N> derivative;

  template <class Gradient, class Delta>
  constexpr void delta(Gradient grad_a, Delta grad_z) const noexcept {
    kernel::map([](auto grad, auto slope) { return grad * slope; }, grad_z, grad_a, derivative.view(grad_a.samples()));
  }
  /// ȧ = ż ⊙ σ′(z), in place.
  constexpr void tangent(auto z) const noexcept {
    kernel::map([](auto t, auto slope) { return t * slope; }, z, detail::as_read(z), detail::recorded_rows(derivative, z));
  }
};

/// σ = identity: ∇z = ∇a.
template <class T, std::size_t Samples, std::size_t N>
struct activation_trace<identity, T, Samples, N> {
  template <class Gradient, class Delta>
  constexpr void delta(Gradient grad_a, Delta grad_z) const noexcept {
    kernel::copy(grad_z, grad_a);
  }
  constexpr void tangent(auto) const noexcept {}
};

/// σ of a whole row at once (softmax): it goes back from its own output.
template <rowwise_activation Activation, class T, std::size_t Samples, std::size_t N>
struct activation_trace<Activation, T, Samples, N> {
  block<T, Samples, N> output;

  template <class Gradient, class Delta>
  constexpr void delta(Gradient grad_a, Delta grad_z) const noexcept {
    for (std::size_t s = 0; s < grad_a.samples(); ++s)
      Activation::delta(row(output.view(grad_a.samples()), s), row(grad_a, s), row(grad_z, s));
  }
  /// Where the Jacobian of σ is symmetric, as delta.
  constexpr void tangent(auto z) const noexcept {
    for (std::size_t s = 0; s < z.samples(); ++s) Activation::delta(row(detail::recorded_rows(output, z), s), row(z, s), row(z, s));
  }
};

/// σ whose tangents a layer carries, and of each number by itself: see tangent.hpp.
template <class Activation>
inline constexpr bool carries_tangents_of = !rowwise_activation<Activation> || requires { requires Activation::symmetric; };
template <class Activation>
inline constexpr bool bends_of = !rowwise_activation<Activation>;

template <class Activation, class T>
constexpr auto check_activation() noexcept {
  if constexpr (rowwise_activation<Activation> || elementwise_activation<Activation, T>) return accepted{};
  else return mismatch<refused::an_activation, Activation>{};
}

/// The parameters of y = σ(x W + b), or of several such maps side by side: in order W row-major [out][in], then b; in storage
/// map after map, of each b, then W in panels. Inputs are numbered channels first in order, position after position in
/// storage; see shape.hpp.
struct affine_layout {
  kernel::layout weights; ///< of one map
  std::size_t channels;   ///< of its inputs
  std::size_t groups = 1; ///< maps

  constexpr std::size_t weight_count() const noexcept { return groups * weights.inputs * weights.outputs; }
  constexpr std::size_t parameter_count() const noexcept { return weight_count() + groups * weights.outputs; }
  constexpr std::size_t weights_at() const noexcept { return weights.lines(weights.outputs); }
  constexpr std::size_t storage() const noexcept { return groups * group_storage(); }
  constexpr std::size_t index(std::size_t k) const noexcept {
    const bool is_weight = k < weight_count();
    const std::size_t o = is_weight ? k / weights.inputs : k - weight_count(), own = o % weights.outputs;
    return o / weights.outputs * group_storage() + (is_weight ? weights_at() + weights.index(own, inside(k % weights.inputs)) : own);
  }

private:
  constexpr std::size_t group_storage() const noexcept { return weights_at() + weights.lines(weights.size()); }
  constexpr std::size_t inside(std::size_t i) const noexcept {
    const std::size_t positions = weights.inputs / channels;
    return i % positions * channels + i / positions;
  }
};

/// The same of W of Out x In numbers T, in types.
template <class T, std::size_t In, std::size_t Out, std::size_t Channels = In>
struct affine_parameters {
  using panels = kernel::panels<T, In, Out>;
  static constexpr affine_layout layout{panels::layout, Channels};
  static constexpr std::size_t weight_count = layout.weight_count();
  static constexpr std::size_t parameter_count = layout.parameter_count();
  static constexpr std::size_t weights_at = layout.weights_at();
  static constexpr std::size_t storage = layout.storage();

  static constexpr std::size_t index(std::size_t k) noexcept { return layout.index(k); }
};

/// y = σ(x W + bias) for one panelled linear map, recording into `trace` unless that is `unrecorded`.
template <class Activation, class Panels, class T, class X, class Y, class Trace>
constexpr void affine_forward(const T* w, const T* bias, Trace& trace, X x, Y y) noexcept {
  if constexpr (rowwise_activation<Activation>) {
    kernel::forward<identity, Panels>(w, bias, x, y, nullptr);
    for (std::size_t s = 0; s < x.samples(); ++s) Activation::forward(row(y, s), row(y, s));
    if constexpr (recorded<Trace>) copy_rows(y, trace.output.view(x.samples()));
  } else if constexpr (recorded<Trace> && !std::is_same_v<Activation, identity>) {
    kernel::forward<Activation, Panels>(w, bias, x, y, trace.derivative.view(x.samples()));
  } else {
    kernel::forward<Activation, Panels>(w, bias, x, y, nullptr);
  }
}

} // namespace inlay
