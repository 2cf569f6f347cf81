#pragma once

#include "inlay/layer/rearranging.hpp"

namespace inlay {

/// The k-th of several inputs, counted from 1: begins a branch of a net over an input_list. No parameters; in a state_dict it
/// counts for no module.
template <std::size_t k>
struct from {
  static constexpr description described{.name = "from", .header = "inlay/layer/from.hpp", .onnx = "input"};
  static constexpr void arguments(auto& list) { list.number("k", k); }
  static constexpr bool takes_several_inputs = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (!is_input_list<Input>) return mismatch<refused::an_input_list, Input>{};
    else if constexpr (k == 0 || k > Input::count) return mismatch<refused::from_of<1, Input::count>, from>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::rearranging<T, Input, typename Input::template at<k - 1>> {
    using listed = from;
    using shape = typename Input::template at<k - 1>;
    static constexpr std::size_t begin = Input::template offset<k - 1>; ///< among the numbers of all inputs

    // An input_list is as it came, its tensors channels first.
    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      for (std::size_t s = 0; s < y.samples(); ++s)
        for_each_number([&](std::size_t outside, std::size_t inside) { y[s][inside] = a.number(s, begin + outside); });
      clear_padding(y);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      const auto from = grad_z.view(grad_a.samples());
      for (std::size_t s = 0; s < grad_a.samples(); ++s) {
        for (std::size_t i = 0; i < G::stride; ++i) grad_a[s][i] = 0;
        for_each_number([&](std::size_t outside, std::size_t inside) { grad_a[s][begin + outside] = from[s][inside]; });
      }
    }

  private:
    static constexpr void for_each_number(auto f) noexcept {
      for (std::size_t c = 0; c < shape::channels; ++c)
        for (std::size_t p = 0; p < shape::positions; ++p) f(c * shape::positions + p, p * shape::channels + c);
    }
  };
};

} // namespace inlay
