#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"

#include <concepts>
#include <span>

namespace inlay {

/// z where z > 0, else w z with a slope w that is learnt: torch.nn.PReLU. One slope, or N of them for the N channels of a
/// <N, Length> or <N, Height, Width>, or the N numbers of a flat shape. σ′(0) = w. initialize() begins with 0.25. Parameters: w.
template <std::size_t N = 1>
struct prelu {
  static constexpr description described{.name = "prelu", .header = "inlay/layer/prelu.hpp", .onnx = "PRelu(x, weight)"};
  static constexpr void arguments(auto& list) { list.number("N", N, 1); }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (N != 1 && N != Input::extents[0]) return mismatch<prelu<Input::extents[0]>, prelu>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind {
    using listed = prelu;
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t size = Input::size;
    static constexpr std::size_t parameter_count = N, storage = N, multiply_adds = size;
    static constexpr parameter parameters[] = {{"weight", {N}}};
    /// Slopes belong to the last axis there.
    static constexpr const char* onnx =
        N == 1 || Input::rank == 1 ? prelu::described.onnx
        : Input::rank == 2         ? "Transpose(PRelu(Transpose(x; perm=[0, 2, 1]), weight); perm=[0, 2, 1])"
                                   : "Transpose(PRelu(Transpose(x; perm=[0, 2, 3, 1]), weight); perm=[0, 3, 1, 2])";

    static constexpr std::size_t index(std::size_t k) noexcept { return k; }
    static constexpr void initialize(std::span<T, storage> theta, auto&) noexcept {
      for (T& w : theta) w = T(0.25);
    }

    template <class A>
    struct trace {
      block<T, A::capacity, size> z;
      std::size_t samples;
    };
    /// ∇z, and what each number adds to the gradient of its slope.
    template <std::size_t Samples>
    struct gradient {
      block<T, Samples, size> z, slope;
    };

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      copy_rows(a, y); // a may be the caller's memory, unaligned and without padding
      if constexpr (recorded<Trace>) {
        trace.samples = a.samples();
        kernel::copy(trace.z.view(a.samples()), y);
      }
      map_with_slopes(theta, [](auto z, auto w) { return choose(z, z, z * w); }, y, y);
    }

    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a,
                                gradient<Samples>& grad_z) noexcept {
      const std::size_t count = grad_a.samples();
      const auto z = trace.z.view(count);
      map_with_slopes(
          theta, [](auto grad, auto z, auto w) { return grad * choose(z, decltype(z)(T(1)), w); }, grad_z.z.view(count), grad_a, z);
      kernel::map([](auto grad, auto z) { return grad * choose(z, decltype(z)(T(0)), z); }, grad_z.slope.view(count),
                  grad_a, z);
    }

    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace& trace, const gradient<Samples>& grad_z,
                                     std::span<T, storage> grad) noexcept {
      const auto shares = grad_z.slope.view(trace.samples);
      block<T, 1, size> sum;
      const auto total = sum.view(1);
      kernel::copy(total, row(shares, 0));
      for (std::size_t s = 1; s < trace.samples; ++s)
        kernel::map([](auto a, auto b) { return a + b; }, total, total, row(shares, s));
      for (std::size_t i = 0; i < size; ++i) grad[i % N] += total[0][i];
    }

    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, storage>, const gradient<Samples>& grad_z, G grad_a) noexcept {
      kernel::copy(grad_a, grad_z.z.view(grad_a.samples()));
    }

  private:
    template <class V>
    static constexpr V choose(V z, V where_positive, V elsewhere) noexcept {
      using namespace math;
      return select(z > V(T(0)), where_positive, elsewhere);
    }

    /// y = f(x..., slope)
    template <class F, class Y, class... X>
    static constexpr void map_with_slopes(std::span<const T, storage> theta, F f, Y y, X... x) noexcept {
      if constexpr (N == 1) {
        kernel::map([f, w = theta[0]](auto first, auto... v) { return f(first, v..., decltype(first)(w)); }, y, x...);
      } else {
        block<T, 1, size> slopes;
        if constexpr (N == size) copy_rows(rows<const T, 1, N, N>{theta.data(), 1}, slopes.view(1));
        else
          for (std::size_t i = 0; i < slopes.stride; ++i) slopes.data[i] = i < size ? theta[i % N] : T(0);
        kernel::map(f, y, x..., rows<const T, Y::capacity, size, 0>{slopes.data, y.samples()});
      }
    }
  };
};

} // namespace inlay
