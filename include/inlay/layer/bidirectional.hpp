#pragma once

#include "inlay/layer/composite.hpp"
#include "inlay/layer/rearranging.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The steps of a sequence in reverse: torch.flip(x, [1]).
struct reversed_steps {
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  struct bind : rearranging<T, Input, Input> {
    static constexpr std::size_t steps = Input::steps, size = Input::row::size;
    static constexpr bool wants_all_steps = true;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace&, A a, Y y) noexcept {
      for (std::size_t r = 0; r < a.samples(); ++r)
        for (std::size_t i = 0; i < size; ++i) y[r][i] = a.number(mirrored(r), i);
      clear_padding(y);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      const auto z = grad_z.view(grad_a.samples());
      for (std::size_t r = 0; r < grad_a.samples(); ++r)
        for (std::size_t i = 0; i < size; ++i) grad_a[r][i] = z[mirrored(r)][i];
      clear_padding(grad_a);
    }

  private:
    static constexpr std::size_t mirrored(std::size_t r) noexcept { return r - r % steps + (steps - 1 - r % steps); }
  };
};

} // namespace inlay::detail

namespace inlay {

/// The layers in the list once over a sequence and once, with parameters of their own, over its reverse; the outputs of both for a
/// step side by side, forward first, as torch.nn.LSTM, GRU and RNN with bidirectional=True: `bidirectional<lstm<N>>` gives 2 N
/// numbers a step. For sequences that are known whole. Parameters: those of the forward layers, then those of the reverse.
template <class... Layers>
struct bidirectional {
  static constexpr description described{.name = "bidirectional", .header = "inlay/layer/bidirectional.hpp"};
  static constexpr void arguments(auto& list) { list.template layers<Layers...>(); }
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    using inner = topology<T, Input, Layers...>;
    using output = typename inner::output_shape;
    if constexpr (sizeof...(Layers) == 0) return mismatch<refused::layers, bidirectional>{};
    else if constexpr (!is_over_time<Input>) return mismatch<refused::a_sequence, Input>{};
    else if constexpr (!std::same_as<typename inner::mistake, accepted>) return std::type_identity<typename inner::mistake>{};
    else if constexpr (!is_over_time<output> || output::steps != Input::steps || is_output_list<typename output::row>)
      return mismatch<refused::layers_that_give<over_time<Input::steps, typename output::row>>, refused::layers_that_give<output>>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::composite<T, Input, concat, topology<T, Input, Layers...>,
                                  topology<T, Input, detail::reversed_steps, Layers..., detail::reversed_steps>> {
    using listed = bidirectional;
    /// What PyTorch has behind the names of the reverse layers' parameters.
    static constexpr const char* suffixes[] = {"", "_reverse"};

    /// f<topology, offset>() for either direction, the layers of the list alone.
    static constexpr void for_each_branch(auto f) {
      using layers = topology<T, Input, Layers...>;
      f.template operator()<layers, 0>();
      f.template operator()<layers, layers::storage>();
    }
  };
};

} // namespace inlay
