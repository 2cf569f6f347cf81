#pragma once

#include "inlay/layer/rearranging.hpp"

namespace inlay {

/// Exchanges the two dimensions: input <A, B>, output <B, A>, number (a, b) of one is (b, a) of the other. No parameters.
/// For what comes with channels last, as Keras has it: network<input<Length, Channels>, transpose, conv1d<...>> is called
/// with the numbers that Keras' Conv1D gets, whereas conv1d is PyTorch's and wants <Channels, Length>.
struct transpose {
  static constexpr description described{.name = "transpose", .header = "inlay/layer/transpose.hpp", .onnx = "Transpose(x; perm=[0, 2, 1])"};

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Input::rank != 2) return mismatch<refused::two_dimensions, Input>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::rearranging<T, Input, shape<Input::extents[1], Input::extents[0]>> {
    using listed = transpose;
    static constexpr std::size_t a_count = Input::extents[1], b_count = Input::extents[0]; // inside, see shape.hpp

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      exchange<a_count, b_count>(a, y);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      exchange<b_count, a_count>(grad_z.view(grad_a.samples()), grad_a);
    }

  private:
    /// to[column][row] = from[row][column]
    template <std::size_t Rows, std::size_t Columns>
    static constexpr void exchange(auto from, auto to) noexcept {
      for (std::size_t s = 0; s < to.samples(); ++s)
        for (std::size_t c = 0; c < Columns; ++c)
          for (std::size_t r = 0; r < Rows; ++r) to[s][c * Rows + r] = from.number(s, r * Columns + c);
    }
  };
};

} // namespace inlay
