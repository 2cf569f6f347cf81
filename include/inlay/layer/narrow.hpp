#pragma once

#include "inlay/layer/channels.hpp"
#include "inlay/layer/rearranging.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A shape of N instead of its features or channels.
template <std::size_t N, class Shape>
struct with_channels;
template <std::size_t N, std::size_t First, std::size_t... Rest>
struct with_channels<N, shape<First, Rest...>> {
  using type = shape<N, Rest...>;
};

} // namespace inlay::detail

namespace inlay {

/// Length of the features of a flat shape, or of the channels of another, from the Start-th on, counted from 0:
/// torch.narrow(x, 1, Start, Length). No parameters.
template <std::size_t Start, std::size_t Length>
struct narrow {
  static constexpr description described{
      .name = "narrow", .header = "inlay/layer/narrow.hpp", .onnx = "Slice(x, [start], [start+length], [1])"};
  static constexpr void arguments(auto& list) { list.number("start", Start), list.number("length", Length); }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Length == 0 || Start + Length > Input::channels)
      return mismatch<refused::features_or_channels<refused::at_least<Start + (Length > 0 ? Length : 1)>>, Input>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::rearranging<T, Input, typename detail::with_channels<Length, Input>::type> {
    using listed = narrow;
    static constexpr std::size_t first_kept = Start, kept = Length; // of the channels
    static constexpr bool fills_registers = true;
    using typename detail::rearranging<T, Input, typename detail::with_channels<Length, Input>::type>::output_shape;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      detail::take_channels<Input, Start, output_shape>(a, y);
    }
    /// Features that begin at a register of theirs are read where they are.
    template <class A>
    static constexpr bool is_view = !A::foreign && Input::positions == 1 && [] {
      const std::size_t line = alignment / sizeof(T), own = kernel::layout{1, Length, line}.row_length();
      return Start % (own < line ? own : line) == 0;
    }();
    template <class A>
    static constexpr auto view(A a) noexcept {
      return rows<const T, A::capacity, Length, A::stride>{a.data + Start, a.count};
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      for (std::size_t s = 0; s < grad_a.samples(); ++s)
        for (std::size_t i = 0; i < G::stride; ++i) grad_a[s][i] = 0;
      detail::put_channels<output_shape, Input, Start>(grad_z.view(grad_a.samples()), grad_a);
    }
  };
};

} // namespace inlay
