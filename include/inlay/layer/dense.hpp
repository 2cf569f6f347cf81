#pragma once

#include "inlay/layer/affine.hpp"

#include <concepts>
#include <span>

namespace inlay {

/// A fully connected layer: aˡ = σ(W aˡ⁻¹ + b) with W of N x inputs and b of N, as torch.nn.Linear followed by σ.
/// Any input shape is read as a flat vector. Parameters in order: W row-major [out][in], then b.
template <std::size_t N, class Activation = identity>
struct dense {
  static constexpr description described{.name = "dense",
                                         .header = "inlay/layer/dense.hpp",
                                         .onnx = "Gemm(Flatten(x; axis=1), weight, bias; transB=1)"};
  static constexpr void arguments(auto& list) { list.number("N", N), list.template activation<Activation>(); }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (N == 0) return mismatch<refused::units<refused::at_least<1>>, dense>{};
    else return check_activation<Activation, T>();
  }

  template <scalar T, class Input>
  struct bind : affine_parameters<T, Input::size, N, Input::channels> {
    using affine = affine_parameters<T, Input::size, N, Input::channels>;
    using affine::storage;
    using listed = dense;
    using scalar = T;
    using input_shape = Input;
    using output_shape = shape<N>;
    using activation = Activation;
    static constexpr parameter parameters[] = {{"weight", {N, Input::size}}, {"bias", {N}}};
    static constexpr std::size_t fan_in = Input::size, fan_out = N;
    static constexpr bool reads_zeros = false; // around its input
    static constexpr bool fills_registers = !rowwise_activation<Activation>;
    /// The channel of the input that W[o][i] multiplies.
    static constexpr std::size_t input_channel(std::size_t, std::size_t i) noexcept { return Input::inside(i) % Input::channels; }
    static constexpr bool drops_outputs = true; // a layer of some of its outputs is such a layer
    template <std::size_t Outputs, class Other>
    using with = dense<Outputs, Other>;
    static constexpr std::size_t multiply_adds = affine::weight_count;

    template <class A>
    struct trace : activation_trace<Activation, T, A::capacity, N> {
      A input;
    };
    template <std::size_t Samples>
    using gradient = block<T, Samples, N>;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      if constexpr (recorded<Trace>) trace.input = a;
      affine::template forward<Activation>(theta.data(), trace, a, y);
    }

    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, storage>, const Trace& trace, G grad_a,
                                gradient<Samples>& grad_z) noexcept {
      trace.delta(grad_a, grad_z.view(grad_a.samples()));
    }

    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace& trace, const gradient<Samples>& grad_z,
                                     std::span<T, storage> grad) noexcept {
      affine::accumulate(trace.input, grad_z.view(trace.input.samples()), grad.data());
    }

    template <class Trace, std::size_t Samples>
    static constexpr void update(const auto& rule, const Trace& trace, const gradient<Samples>& grad_z,
                                 std::span<T, storage> theta, std::same_as<std::span<T, storage>> auto... states) noexcept {
      affine::update(rule, trace.input, grad_z.view(trace.input.samples()), theta.data(), states.data()...);
    }

    static constexpr bool carries_tangents = carries_tangents_of<Activation>, bends = bends_of<Activation>;
    static constexpr void tangent(std::span<const T, storage> theta, const auto& trace, auto a, auto tangent_a, auto tangent_y, auto of) noexcept {
      affine::template map<identity>(theta.data(), zeros<T, N>.data, tangent_a, tangent_y, nullptr);
      if constexpr (!std::same_as<decltype(of), detail::uncurved> && !std::same_as<Activation, identity>) {
        block<T, 1, N> z;
        affine::template map<identity>(theta.data(), theta.data(), a, z.view(1), nullptr);
        of.template add<Activation>(z.view(1), tangent_y);
      }
      trace.tangent(tangent_y);
    }
    static constexpr void delta_of_directions(std::span<const T, storage>, const auto& trace, auto grad_a, auto& grad_z) noexcept {
      kernel::copy(grad_z.view(grad_a.samples()), detail::as_read(grad_a));
      trace.tangent(grad_z.view(grad_a.samples())); // of a symmetric Jacobian
    }
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, storage> theta, const gradient<Samples>& grad_z,
                                     G grad_a) noexcept {
      affine::transposed(theta.data(), grad_z.view(grad_a.samples()), grad_a);
    }
  };
};

} // namespace inlay
