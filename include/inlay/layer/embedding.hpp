#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/layer.hpp"

namespace inlay {

/// A row of N numbers for each index from 0 to Vocabulary − 1, as torch.nn.Embedding; the numbers of a flat input are indices,
/// rounded to the nearest and clamped to those there are: input <K>, output <K N>, row after row. Indices have no gradient.
/// Parameters: W [Vocabulary][N]; initialize() draws from ±√3, of variance 1 as PyTorch's.
template <std::size_t Vocabulary, std::size_t N>
struct embedding {
  static constexpr description described{
      .name = "embedding",
      .header = "inlay/layer/embedding.hpp",
      .onnx = "Reshape(Gather(weight, Cast(Min(Max(Floor(Add(x, 0.5)), 0), Sub(vocabulary, 1)); to=7); axis=0), [0, -1])"};
  static constexpr void arguments(auto& list) { list.number("vocabulary", Vocabulary), list.number("n", N); }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Vocabulary == 0 || N == 0) return mismatch<refused::every_argument<refused::at_least<1>>, embedding>{};
    else if constexpr (Input::rank != 1) return mismatch<refused::one_dimension, Input>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind {
    using listed = embedding;
    using scalar = T;
    using input_shape = Input;
    using output_shape = shape<Input::size * N>;
    static constexpr std::size_t indices = Input::size;
    static constexpr std::size_t parameter_count = Vocabulary * N, storage = Vocabulary * N, multiply_adds = 0;
    static constexpr parameter parameters[] = {{"weight", {Vocabulary, N}}};
    static constexpr std::size_t index(std::size_t k) noexcept { return k; }
    static constexpr void initialize(std::span<T, storage> theta, auto& numbers) noexcept {
      for (T& w : theta) w = static_cast<T>(1.7320508075688772 * numbers.symmetric());
    }

    template <class A>
    struct trace {
      std::size_t rows[A::capacity * indices];
      std::size_t samples;
    };
    template <std::size_t Samples>
    using gradient = block<T, Samples, output_shape::size>;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      if constexpr (recorded<Trace>) trace.samples = a.samples();
      for (std::size_t s = 0; s < a.samples(); ++s)
        for (std::size_t k = 0; k < indices; ++k) {
          const std::size_t at = clamped(a.number(s, k));
          if constexpr (recorded<Trace>) trace.rows[s * indices + k] = at;
          for (std::size_t i = 0; i < N; ++i) y[s][k * N + i] = theta[at * N + i];
        }
      clear_padding(y);
    }
    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, storage>, const Trace&, G grad_a, gradient<Samples>& grad_z) noexcept {
      copy_rows(grad_a, grad_z.view(grad_a.samples()));
    }
    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace& trace, const gradient<Samples>& grad_z, std::span<T, storage> grad) noexcept {
      for (std::size_t s = 0; s < trace.samples; ++s)
        for (std::size_t k = 0; k < indices; ++k)
          for (std::size_t i = 0; i < N; ++i)
            grad[trace.rows[s * indices + k] * N + i] += grad_z.view(trace.samples)[s][k * N + i];
    }
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, storage>, const gradient<Samples>&, G grad_a) noexcept {
      for (std::size_t s = 0; s < grad_a.samples(); ++s)
        for (std::size_t i = 0; i < G::stride; ++i) grad_a[s][i] = 0;
    }

  private:
    /// The nearest index that there is; of a NaN the first.
    static constexpr std::size_t clamped(T x) noexcept {
      if (!(x >= T(0.5))) return 0;
      if (x >= T(Vocabulary - 1)) return Vocabulary - 1;
      return static_cast<std::size_t>(x + T(0.5));
    }
  };
};

} // namespace inlay
