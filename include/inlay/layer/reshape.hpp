#pragma once

#include "inlay/layer/rearranging.hpp"

namespace inlay {

/// The numbers of a sample in their order as another shape, torch.reshape: input of any shape of as many numbers, output <Extents...>.
/// No parameters. Behind a transpose it makes an image of what has its channels last, as Keras has it:
/// network<input<H * W, C>, transpose, reshape<C, H, W>, conv2d<...>> is called with the numbers that Keras' Conv2D gets.
template <std::size_t... Extents>
struct reshape {
  static_assert(sizeof...(Extents) >= 1 && sizeof...(Extents) <= 3 && (... && (Extents > 0)), "reshape has one to three extents from 1");
  static constexpr description described{.name = "reshape", .header = "inlay/layer/reshape.hpp"};
  static constexpr void arguments(auto& list) {
    constexpr const char* names[]{"n0", "n1", "n2"};
    std::size_t k = 0;
    (list.number(names[k++], Extents), ...);
  }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Input::size != shape<Extents...>::size) return mismatch<refused::a_shape_of_numbers<shape<Extents...>::size>, Input>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::rearranging<T, Input, shape<Extents...>> {
    using listed = reshape;
    static constexpr const char* onnx = sizeof...(Extents) == 1   ? "Reshape(x, [0, n0])"
                                        : sizeof...(Extents) == 2 ? "Reshape(x, [0, n0, n1])"
                                                                  : "Reshape(x, [0, n0, n1, n2])";
    using output = shape<Extents...>;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      for (std::size_t s = 0; s < y.samples(); ++s)
        for (std::size_t i = 0; i < Input::size; ++i) y[s][output::inside(Input::outside(i))] = a.number(s, i);
      clear_padding(y);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      const auto z = grad_z.view(grad_a.samples());
      for (std::size_t s = 0; s < grad_a.samples(); ++s)
        for (std::size_t i = 0; i < Input::size; ++i) grad_a[s][i] = z[s][output::inside(Input::outside(i))];
      clear_padding(grad_a);
    }
  };
};

} // namespace inlay
