#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/layer/norm.hpp"

namespace inlay {

/// y = w (x − mean) / √(variance + ε) + b with the mean and variance (divided by N) of all N numbers of a sample, as
/// torch.nn.LayerNorm(shape); Ba, Kiros, Hinton 2016. Parameters: w, then b, of the input's shape. ε is a std::ratio.
template <class Epsilon = std::ratio<1, 100000>>
struct layer_norm {
  static constexpr description described{
      .name = "layer_norm",
      .header = "inlay/layer/layer_norm.hpp",
      .onnx = "Add(Mul(Div(Sub(x, ReduceMean(x; axes=features, keepdims=1)), Sqrt(Add("
              "ReduceMean(Mul(Sub(x, ReduceMean(x; axes=features, keepdims=1)), "
              "Sub(x, ReduceMean(x; axes=features, keepdims=1))); axes=features, keepdims=1), epsilon))), "
              "weight), bias)"};
  static constexpr void arguments(auto& list) { list.template ratio<Epsilon>("epsilon", std::ratio<1, 100000>{}); }

  template <scalar T, class Input>
  struct bind {
    using listed = layer_norm;
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t size = Input::size;
    using affine = detail::scale_and_shift<T, size>;
    static constexpr std::size_t parameter_count = affine::count, storage = affine::storage, multiply_adds = 0;
    static constexpr std::size_t index(std::size_t k) noexcept { return affine::template index<Input>(k); }
    static constexpr auto parameters = detail::parameters_of_shape<Input>("weight", "bias");
    static constexpr void initialize(std::span<T, storage> theta, auto&) noexcept { affine::initialize(theta.data()); }

    template <class A>
    struct trace {
      block<T, A::capacity, size> normal; // x̂
      T over_deviation[A::capacity];
      std::size_t samples;
    };
    /// ∇y for the parameters, ∇x for what is before.
    template <std::size_t Samples>
    struct gradient {
      block<T, Samples, size> y, x;
    };

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      copy_rows(a, y); // a may be the caller's memory, unaligned and without padding
      if constexpr (recorded<Trace>) trace.samples = a.samples();
      for (std::size_t s = 0; s < a.samples(); ++s) {
        const auto x = row(y, s);
        const T mean = kernel::sum([](auto v) { return v; }, x) * one_over;
        const T variance = kernel::sum([mean](auto v) { return (v - decltype(v)(mean)) * (v - decltype(v)(mean)); }, x) * one_over;
        const T over = detail::over_root_of<Epsilon>(variance);
        if constexpr (recorded<Trace>) {
          const auto normal = row(trace.normal.view(a.samples()), s);
          trace.over_deviation[s] = over;
          kernel::map([mean, over](auto v) { return (v - decltype(v)(mean)) * decltype(v)(over); }, normal, x);
          kernel::map([](auto v, auto w, auto b) { return v * w + b; }, x, normal, affine::scale(theta.data()),
                      affine::shift(theta.data()));
        } else {
          kernel::map(
              [mean, over](auto v, auto w, auto b) { return (v - decltype(v)(mean)) * decltype(v)(over) * w + b; }, x, x,
              affine::scale(theta.data()), affine::shift(theta.data()));
        }
      }
    }

    // ∇x = (∇x̂ − mean(∇x̂) − x̂ mean(∇x̂ x̂)) / √(variance + ε), ∇x̂ = w ∇y
    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a,
                                gradient<Samples>& grad_z) noexcept {
      const std::size_t count = grad_a.samples();
      kernel::copy(grad_z.y.view(count), grad_a);
      for (std::size_t s = 0; s < count; ++s) {
        const auto normal = row(trace.normal.view(count), s);
        const auto grad = row(grad_z.y.view(count), s);
        const auto w = affine::scale(theta.data());
        const T mean = kernel::sum([](auto g, auto w) { return g * w; }, grad, w) * one_over;
        const T along = kernel::sum([](auto g, auto w, auto n) { return g * w * n; }, grad, w, normal) * one_over;
        const T over = trace.over_deviation[s];
        kernel::map(
            [=](auto g, auto w, auto n) {
              using V = decltype(g);
              return (g * w - V(mean) - n * V(along)) * V(over);
            },
            row(grad_z.x.view(count), s), grad, w, normal);
      }
    }
    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace& trace, const gradient<Samples>& grad_z, std::span<T, storage> grad) noexcept {
      const rows<T, 1, size, padded<T>(size)> w{grad.data(), 1}, b{grad.data() + affine::shift_at, 1};
      for (std::size_t s = 0; s < trace.samples; ++s) {
        const auto g = row(grad_z.y.view(trace.samples), s);
        kernel::map([](auto w, auto g, auto n) { return w + g * n; }, w, w, g, row(trace.normal.view(trace.samples), s));
        kernel::map([](auto b, auto g) { return b + g; }, b, b, g);
      }
    }
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, storage>, const gradient<Samples>& grad_z, G grad_a) noexcept {
      kernel::copy(grad_a, grad_z.x.view(grad_a.samples()));
    }

  private:
    static constexpr T one_over = T(1) / T(size);
  };
};

} // namespace inlay
