#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/layer/norm.hpp"
#include "inlay/statistics.hpp"

#include <array>

namespace inlay {

/// y = w x + b number by number, fixed: what brings a net's inputs to a common size, or its outputs to their units. An optimizer
/// leaves it alone; set_statistics() sets w and b, each of the input's shape. initialize() begins with 1 and 0.
struct rescale_layer {
  static constexpr description described{
      .name = "rescale", .header = "inlay/layer/rescale.hpp", .type = "inlay::rescale<>", .onnx = "Add(Mul(x, weight), bias)"};

  template <scalar T, class Input>
  struct bind {
    using listed = rescale_layer;
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t size = Input::size;
    using affine = detail::scale_and_shift<T, size>;
    static constexpr std::size_t parameter_count = 0, storage = affine::storage, multiply_adds = size;
    static constexpr std::array<detail::storage_range, 1> statistics{{{0, storage}}};
    static constexpr auto buffers = detail::parameters_of_shape<Input>("weight", "bias");
    static constexpr std::size_t statistic_count = affine::count;
    static constexpr std::size_t statistic_index(std::size_t k) noexcept { return affine::template index<Input>(k); }
    static constexpr std::size_t index(std::size_t) noexcept { return 0; }
    /// y = factor x + summand of channel c, where there is one position.
    static constexpr bool scales_channels = Input::positions == 1;
    static constexpr scaling<T> scaling_of(std::span<const T, storage> theta, std::size_t c) noexcept {
      return {theta[c], theta[affine::shift_at + c]};
    }
    static constexpr void initialize(std::span<T, storage> theta, auto&) noexcept { affine::initialize(theta.data()); }

    template <class>
    struct trace {};
    template <std::size_t Samples>
    using gradient = block<T, Samples, size>; // w ∇y

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace&, A a, Y y) noexcept {
      copy_rows(a, y); // a may be the caller's memory, unaligned and without padding
      for (std::size_t s = 0; s < a.samples(); ++s)
        kernel::map([](auto v, auto w, auto b) { return v * w + b; }, row(y, s), row(y, s), affine::scale(theta.data()),
                    affine::shift(theta.data()));
    }
    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, storage> theta, const Trace&, G grad_a, gradient<Samples>& grad_z) noexcept {
      for (std::size_t s = 0; s < grad_a.samples(); ++s)
        kernel::map([](auto g, auto w) { return g * w; }, row(grad_z.view(grad_a.samples()), s), row(grad_a, s),
                    affine::scale(theta.data()));
    }
    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace&, const gradient<Samples>&, std::span<T, storage>) noexcept {}
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, storage>, const gradient<Samples>& grad_z, G grad_a) noexcept {
      kernel::copy(grad_a, grad_z.view(grad_a.samples()));
    }
  };
};
template <class... None>
  requires(sizeof...(None) == 0)
using rescale = rescale_layer;

} // namespace inlay
