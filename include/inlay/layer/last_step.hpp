#pragma once

#include "inlay/layer/rearranging.hpp"

namespace inlay {

/// The last step of a sequence: input a sequence of any shape, output that shape. A stream passes each step on.
struct last_step {
  static constexpr description described{.name = "last_step", .header = "inlay/layer/last_step.hpp"};
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    return detail::check_sequence<Input>();
  }

  template <scalar T, class Input>
  struct bind : detail::rearranging<T, Input, typename Input::row> {
    using listed = last_step;
    static constexpr std::size_t steps = Input::steps, size = Input::row::size;
    static constexpr bool passes_steps_on = true;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      for (std::size_t s = 0; s < y.samples(); ++s) {
        const std::size_t last = (s + 1) * steps - 1;
        for (std::size_t i = 0; i < size; ++i) y[s][i] = a.number(last, i);
      }
      clear_padding(y);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      const std::size_t count = grad_a.samples() / steps;
      const auto z = grad_z.view(count);
      for (std::size_t s = 0; s < count; ++s)
        for (std::size_t t = 0; t < steps; ++t)
          for (std::size_t i = 0; i < size; ++i) grad_a[s * steps + t][i] = t + 1 == steps ? z[s][i] : T(0);
      clear_padding(grad_a);
    }
  };
};

} // namespace inlay
