#pragma once

#include "inlay/layer/rearranging.hpp"

namespace inlay {

/// All numbers of a tensor one after the other, channels first, as torch.nn.Flatten; or all steps of a sequence side by side: input a
/// sequence of S steps of F numbers, output <S F>. A dense layer needs none before it.
struct flatten {
  static constexpr description described{.name = "flatten", .header = "inlay/layer/flatten.hpp"};
  template <class Input>
  static constexpr bool mixes_steps = is_over_time<Input>;

  template <scalar T, class Input>
  struct bind : detail::rearranging<T, Input, shape<Input::size>> {
    using listed = flatten;
    static constexpr std::size_t steps = Input::steps, size = Input::row::size;
    static constexpr bool wants_all_steps = is_over_time<Input>;
    static constexpr const char* onnx = is_over_time<Input> ? "" : "Flatten(x; axis=1)";

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      for (std::size_t s = 0; s < y.samples(); ++s)
        for (std::size_t t = 0; t < steps; ++t)
          for (std::size_t i = 0; i < size; ++i) y[s][t * size + Input::row::outside(i)] = a.number(s * steps + t, i);
      clear_padding(y);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      const std::size_t count = grad_a.samples() / steps;
      const auto z = grad_z.view(count);
      for (std::size_t s = 0; s < count; ++s)
        for (std::size_t t = 0; t < steps; ++t)
          for (std::size_t i = 0; i < size; ++i)
            grad_a[s * steps + t][i] = z[s][t * size + Input::row::outside(i)];
      clear_padding(grad_a);
    }
  };
};

} // namespace inlay
