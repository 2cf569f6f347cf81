#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/layer/affine.hpp"

namespace inlay {

/// σ as a layer of its own: aˡ = σ(aˡ⁻¹), of any shape, without parameters.
template <class Activation>
struct activation {
  static constexpr description described{.name = "activation", .header = "inlay/layer/activation.hpp", .onnx = "x"};
  static constexpr void arguments(auto& list) { list.template activation<Activation>(); }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    return check_activation<Activation, T>();
  }

  template <scalar T, class Input>
  struct bind : parameterless<T, Input> {
    using activation = Activation; // a loss may enter the chain behind it
    static constexpr bool is_activation = true, fills_registers = !rowwise_activation<Activation>;
    using listed = inlay::activation<Activation>;
    static constexpr std::size_t size = Input::size;

    template <class A>
    struct trace : activation_trace<Activation, T, A::capacity, size> {};
    template <std::size_t Samples>
    using gradient = block<T, Samples, size>;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace& trace, A a, Y y) noexcept {
      if constexpr (!recorded<Trace> && !A::foreign && fills_registers) return kernel::map([](auto z) { return Activation::at(z).value; }, y, a);
      copy_rows(a, y); // a may be the caller's memory, unaligned and without padding
      if constexpr (rowwise_activation<Activation>) {
        for (std::size_t s = 0; s < a.samples(); ++s) Activation::forward(row(y, s), row(y, s));
        if constexpr (recorded<Trace>) copy_rows(y, trace.output.view(a.samples()));
      } else {
        if constexpr (recorded<Trace> && !std::is_same_v<Activation, identity>)
          kernel::map_both([](auto z) { return Activation::at(z); }, y, trace.derivative.view(a.samples()), y);
        else kernel::map([](auto z) { return Activation::at(z).value; }, y, y);
      }
    }
    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, 0>, const Trace& trace, G grad_a, gradient<Samples>& grad_z) noexcept {
      trace.delta(grad_a, grad_z.view(grad_a.samples()));
    }
    static constexpr bool carries_tangents = carries_tangents_of<Activation>, bends = bends_of<Activation>;
    static constexpr void tangent(std::span<const T, 0>, const auto& trace, auto a, auto tangent_a, auto tangent_y, auto of) noexcept {
      copy_rows(tangent_a, tangent_y);
      if constexpr (!std::is_same_v<decltype(of), detail::uncurved> && !std::is_same_v<Activation, identity>) {
        block<T, 1, size> z; // a may be the caller's
        copy_rows(a, z.view(1));
        of.template add<Activation>(z.view(1), tangent_y);
      }
      trace.tangent(tangent_y);
    }
    static constexpr void delta_of_directions(std::span<const T, 0>, const auto& trace, auto grad_a, auto& grad_z) noexcept {
      kernel::copy(grad_z.view(grad_a.samples()), detail::as_read(grad_a));
      trace.tangent(grad_z.view(grad_a.samples())); // of a symmetric Jacobian
    }
    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace&, const gradient<Samples>&, std::span<T, 0>) noexcept {}
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, 0>, const gradient<Samples>& grad_z, G grad_a) noexcept {
      kernel::copy(grad_a, grad_z.view(grad_a.samples()));
    }
  };
};

} // namespace inlay
