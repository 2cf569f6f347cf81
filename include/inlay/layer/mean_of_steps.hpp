#pragma once

#include "inlay/layer/rearranging.hpp"

namespace inlay {

/// The mean over the steps of a sequence, number by number: input a sequence of any shape, output that shape.
struct mean_of_steps {
  static constexpr description described{.name = "mean_of_steps", .header = "inlay/layer/mean_of_steps.hpp"};
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    return detail::check_sequence<Input>();
  }

  template <scalar T, class Input>
  struct bind : detail::rearranging<T, Input, typename Input::row> {
    using listed = mean_of_steps;
    static constexpr std::size_t steps = Input::steps, size = Input::row::size;
    static constexpr bool wants_all_steps = true;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      for (std::size_t s = 0; s < y.samples(); ++s)
        for (std::size_t i = 0; i < size; ++i) {
          T sum = 0;
          for (std::size_t t = 0; t < steps; ++t) sum += a.number(s * steps + t, i);
          y[s][i] = sum * (T(1) / T(steps));
        }
      clear_padding(y);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      const std::size_t count = grad_a.samples() / steps;
      const auto z = grad_z.view(count);
      for (std::size_t s = 0; s < count; ++s)
        for (std::size_t t = 0; t < steps; ++t)
          for (std::size_t i = 0; i < size; ++i) grad_a[s * steps + t][i] = z[s][i] * (T(1) / T(steps));
      clear_padding(grad_a);
    }
  };
};

} // namespace inlay
