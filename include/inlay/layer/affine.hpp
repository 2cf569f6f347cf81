#pragma once

#include "inlay/activation.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"

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
};

/// σ = identity: ∇z = ∇a.
template <class T, std::size_t Samples, std::size_t N>
struct activation_trace<identity, T, Samples, N> {
  template <class Gradient, class Delta>
  constexpr void delta(Gradient grad_a, Delta grad_z) const noexcept {
    kernel::copy(grad_z, grad_a);
  }
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
};

template <class Activation, class T>
constexpr auto check_activation() noexcept {
  if constexpr (rowwise_activation<Activation> || elementwise_activation<Activation, T>) return accepted{};
  else return mismatch<refused::an_activation, Activation>{};
}

/// The parameters of y = σ(x W + b), W of Out x In: in order W row-major [out][in], then b; in storage b, then W in panels.
template <class T, std::size_t In, std::size_t Out>
struct affine_parameters {
  using map = kernel::panels<T, In, Out>;
  static constexpr std::size_t weight_count = In * Out;
  static constexpr std::size_t parameter_count = weight_count + Out;
  static constexpr std::size_t weights_at = padded<T>(Out);
  static constexpr std::size_t storage = weights_at + padded<T>(map::size);

  static constexpr std::size_t index(std::size_t k) noexcept {
    return k < weight_count ? weights_at + map::index(k / In, k % In) : k - weight_count;
  }
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
