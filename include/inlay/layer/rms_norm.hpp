#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/layer/norm.hpp"

namespace inlay {

/// y = w x / √(mean(x²) + ε) over all N numbers of a sample, as torch.nn.RMSNorm(shape); Zhang, Sennrich 2019. Parameters: w, of
/// the input's shape. ε is a std::ratio, or as in PyTorch the scalar's machine epsilon.
template <class Epsilon = void>
struct rms_norm {
  static constexpr description described{
      .name = "rms_norm",
      .header = "inlay/layer/rms_norm.hpp",
      .onnx = "Mul(Div(x, Sqrt(Add(ReduceMean(Mul(x, x); axes=features, keepdims=1), epsilon))), weight)"};
  static constexpr void arguments(auto& list) { list.template ratio<Epsilon>("epsilon"); }

  template <scalar T, class Input>
  struct bind {
    using listed = rms_norm;
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t size = Input::size;
    static constexpr std::size_t parameter_count = size, storage = padded<T>(size), multiply_adds = 0;
    static constexpr std::size_t index(std::size_t k) noexcept { return Input::inside(k); }
    static constexpr auto parameters = detail::parameters_of_shape<Input>("weight");
    static constexpr void initialize(std::span<T, storage> theta, auto&) noexcept {
      for (std::size_t i = 0; i < size; ++i) theta[i] = 1;
    }

    template <class A>
    struct trace {
      block<T, A::capacity, size> normal; // x / √(mean(x²) + ε)
      T over_root[A::capacity];
      std::size_t samples;
    };
    /// ∇y for w, ∇x for what is before.
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
        const T mean = kernel::sum([](auto v) { return v * v; }, x) * one_over;
        const T over = detail::over_root_of<Epsilon>(mean);
        const auto times = [over](auto v) { return v * decltype(v)(over); };
        if constexpr (recorded<Trace>) {
          trace.over_root[s] = over;
          kernel::map(times, row(trace.normal.view(a.samples()), s), x);
        }
        kernel::map([times](auto v, auto w) { return times(v) * w; }, x, x, weights(theta.data()));
      }
    }

    // ∇x = (∇x̂ − x̂ mean(∇x̂ x̂)) / √(mean(x²) + ε), ∇x̂ = w ∇y
    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a,
                                gradient<Samples>& grad_z) noexcept {
      const std::size_t count = grad_a.samples();
      kernel::copy(grad_z.y.view(count), grad_a);
      for (std::size_t s = 0; s < count; ++s) {
        const auto normal = row(trace.normal.view(count), s);
        const auto grad = row(grad_z.y.view(count), s);
        const auto w = weights(theta.data());
        const T along = kernel::sum([](auto g, auto w, auto n) { return g * w * n; }, grad, w, normal) * one_over;
        const T over = trace.over_root[s];
        kernel::map(
            [=](auto g, auto w, auto n) {
              using V = decltype(g);
              return (g * w - n * V(along)) * V(over);
            },
            row(grad_z.x.view(count), s), grad, w, normal);
      }
    }
    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace& trace, const gradient<Samples>& grad_z, std::span<T, storage> grad) noexcept {
      const rows<T, 1, size, padded<T>(size)> w{grad.data(), 1};
      for (std::size_t s = 0; s < trace.samples; ++s)
        kernel::map([](auto w, auto g, auto n) { return w + g * n; }, w, w, row(grad_z.y.view(trace.samples), s),
                    row(trace.normal.view(trace.samples), s));
    }
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, storage>, const gradient<Samples>& grad_z, G grad_a) noexcept {
      kernel::copy(grad_a, grad_z.x.view(grad_a.samples()));
    }

  private:
    static constexpr T one_over = T(1) / T(size);
    static constexpr rows<const T, 1, size, padded<T>(size)> weights(const T* theta) noexcept { return {theta, 1}; }
  };
};

} // namespace inlay
