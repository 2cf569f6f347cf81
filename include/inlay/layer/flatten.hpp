#pragma once

#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"

namespace inlay {

/// All steps of a sequence side by side: input a sequence of S steps of F numbers, output <S F>.
struct flatten {
  static constexpr description described{.name = "flatten", .header = "inlay/layer/flatten.hpp"};
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (!is_over_time<Input>) return mismatch<refused::a_sequence, Input>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : parameterless<T, Input, shape<Input::size>> {
    using listed = flatten;
    static constexpr std::size_t steps = Input::steps, size = Input::row::size;
    static constexpr bool wants_all_steps = true;

    template <class>
    struct trace {};
    template <std::size_t Rows>
    using gradient = block<T, Rows, steps * size>;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      for (std::size_t s = 0; s < y.samples(); ++s)
        for (std::size_t t = 0; t < steps; ++t)
          for (std::size_t i = 0; i < size; ++i) y[s][t * size + Input::row::outside(i)] = a.number(s * steps + t, i);
      clear_padding(y);
    }
    template <class Trace, class G, std::size_t Rows>
    static constexpr void delta(std::span<const T, 0>, const Trace&, G grad_a, gradient<Rows>& grad_z) noexcept {
      kernel::copy(grad_z.view(grad_a.samples()), grad_a);
    }
    template <class Trace, std::size_t Rows>
    static constexpr void accumulate(const Trace&, const gradient<Rows>&, std::span<T, 0>) noexcept {}
    template <std::size_t Rows, class G>
    static constexpr void transposed(std::span<const T, 0>, const gradient<Rows>& grad_z, G grad_a) noexcept {
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
