#pragma once

#include "inlay/chain/memory.hpp"
#include "inlay/chain/update.hpp"

#include <concepts>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// What a bound layer says of its parameters where they are those of a network within.
template <class Topology>
struct parameters_within {
  static constexpr std::size_t parameter_count = Topology::parameter_count;
  static constexpr std::size_t multiply_adds = Topology::multiply_adds;
  static constexpr std::size_t storage = Topology::storage;
  static constexpr std::size_t index(std::size_t k) noexcept { return Topology::stack::index(k); }
};

/// ∇z of every layer within, and ∇aˡ, which also goes past them.
template <class Within, class Around>
struct residual_gradient {
  Within inside;
  Around around;
};

} // namespace inlay::detail

namespace inlay {

/// aˡ = aˡ⁻¹ + F(aˡ⁻¹), F the layers in the list, whose output must have the shape of its input (He et al. 2015). A layer
/// whose parameters are a network: its ∇z is the ∇z of every layer within, found by the same chain.
template <class... Layers>
struct residual {
  static constexpr description described{.name = "residual", .header = "inlay/layer/residual.hpp", .onnx = "Add(x, inner)"};
  static constexpr void arguments(auto& list) { list.template layers<Layers...>(); }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    using inner = topology<T, Input, Layers...>;
    using output = typename inner::output_shape;
    if constexpr (sizeof...(Layers) == 0) return mismatch<refused::layers, residual>{};
    else if constexpr (!std::same_as<typename inner::mistake, accepted>) return std::type_identity<typename inner::mistake>{};
    else if constexpr (!std::same_as<output, Input>) return mismatch<refused::layers_that_give<Input>, refused::layers_that_give<output>>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::parameters_within<topology<T, Input, Layers...>> {
    using inner = topology<T, Input, Layers...>;
    using detail::parameters_within<inner>::storage;

    using listed = residual;
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    using layers = chain<inner>;

    template <class A>
    struct trace {
      typename layers::template trace<A, true> inside;
    };
    template <std::size_t Samples>
    using gradient = detail::residual_gradient<typename layers::template gradient<Samples>, block<T, Samples, Input::size>>;

    template <std::size_t Samples, bool Record>
    static constexpr std::size_t scratch =
        (Record ? 0 : sizeof(typename layers::template trace<rows<const T, Samples, Input::size, Input::size>, false>)) +
        detail::scratch_of_rows<inner, Samples, Record>();

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      if constexpr (recorded<Trace>) layers::forward(theta, trace.inside, a, y);
      else {
        typename layers::template trace<A, false> inside;
        layers::forward(theta, inside, a, y);
      }
      add(a, y);
    }
    template <class Trace, class G, class Gradient>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a,
                                Gradient& grad_z) noexcept {
      kernel::copy(grad_z.around.view(grad_a.samples()), grad_a);
      layers::delta(theta, trace.inside, grad_a, grad_z.inside);
    }
    template <class Trace, class Gradient>
    static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
      layers::accumulate(trace.inside, grad_z.inside, grad);
    }
    template <class Trace, class Gradient>
    static constexpr void update(const auto& rule, const Trace& trace, const Gradient& grad_z, auto theta,
                                 auto... states) noexcept {
      detail::update_layers<inner>(rule, trace.inside, grad_z.inside, theta, states...);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, storage> theta, const Gradient& grad_z, G grad_a) noexcept {
      layers::transposed(theta, grad_z.inside, grad_a);
      add(grad_z.around.view(grad_a.samples()), grad_a);
    }

  private:
    // y += x, x being perhaps the caller's rows, which have no padding to read
    static constexpr void add(auto x, auto y) noexcept {
      for (std::size_t s = 0; s < y.samples(); ++s)
        for (std::size_t i = 0; i < y.size; ++i) y[s][i] += x.number(s, i);
    }
  };
};

} // namespace inlay
