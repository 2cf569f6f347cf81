#pragma once

#include "inlay/layer/composite.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A join that leaves outputs as they are, one after the other, channels first each; see layer/join.hpp.
struct beside {
  template <class... Shapes>
  using output = output_list<Shapes...>;
  template <class, class>
  static constexpr bool fits = true;
  static constexpr bool sums = false, keeps = false;

  template <std::size_t k, std::size_t first, class... Shapes>
  static constexpr void put(auto a, auto y) noexcept {
    using all = output_list<Shapes...>;
    for_each_number<typename all::template at<k>>(y.samples(), [&](std::size_t s, std::size_t outside, std::size_t inside) {
      y[s][all::template offset<k> + outside] = a.number(s, inside);
    });
    if constexpr (k == first) clear_padding(y);
  }
  template <std::size_t k, class... Shapes>
  static constexpr void take(auto grad_a, const auto&, auto grad) noexcept {
    using all = output_list<Shapes...>;
    for_each_number<typename all::template at<k>>(grad.samples(), [&](std::size_t s, std::size_t outside, std::size_t inside) {
      grad[s][inside] = grad_a[s][all::template offset<k> + outside];
    });
    clear_padding(grad);
  }

private:
  template <class Shape>
  static constexpr void for_each_number(std::size_t samples, auto f) noexcept {
    for (std::size_t s = 0; s < samples; ++s)
      for (std::size_t c = 0; c < Shape::channels; ++c)
        for (std::size_t p = 0; p < Shape::positions; ++p) f(s, c * Shape::positions + p, p * Shape::channels + c);
  }
};

/// The activation at the end of a list of layers; void where there is none.
template <class Topology>
struct last_activation_of {
  using type = void;
};
template <class Topology>
  requires(Topology::depth > 0) && requires { typename Topology::template layer<Topology::depth>::activation; }
struct last_activation_of<Topology> {
  using type = typename Topology::template layer<Topology::depth>::activation;
};

} // namespace inlay::detail

namespace inlay {

/// Several outputs of a net, each the end of a branch; the last layer. output_type is all of them one after the other, channels
/// first each, which inlay::split<net_t>(y) takes apart. Their loss is inlay::each<...>. Parameters: branch after branch.
template <class... Branches>
struct heads {
  static constexpr description described{.name = "heads", .header = "inlay/layer/heads.hpp", .onnx = "Outputs(inner...)"};
  static constexpr void arguments(auto& list) { list.template branches<Branches...>(); }
  static constexpr bool takes_several_inputs = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    return detail::check_branches<heads, detail::beside, T, Input, Branches...>();
  }

  template <scalar T, class Input>
  struct bind : detail::composite<T, Input, detail::beside, detail::branch_topology<T, Input, Branches>...> {
    using base = detail::composite<T, Input, detail::beside, detail::branch_topology<T, Input, Branches>...>;
    using listed = heads;
    static constexpr bool lists_branches = true;
    template <class... Others>
    using with_branches = inlay::heads<Others...>;
    template <std::size_t k>
    using activation_of = typename detail::last_activation_of<typename base::template topology<k>>::type;
    using activation = activations_of_heads<head<typename detail::last_activation_of<detail::branch_topology<T, Input, Branches>>::type,
                                                 detail::branch_topology<T, Input, Branches>::output_shape::size>...>;

    /// Each branch at ∇z or at ∇a, as the loss of its head has it.
    template <class Rows, class Loss>
    static constexpr void enter(auto theta, const auto& trace, detail::at_z<Rows, Loss> known, auto& grad_z) noexcept {
      base::for_each([&]<std::size_t k>() {
        auto& own_grad = detail::part<k>(grad_z);
        const auto of_output = own_grad.of_output.view(known.samples());
        detail::beside::take<k, typename detail::branch_topology<T, Input, Branches>::output_shape...>(known, detail::nothing{}, of_output);
        if constexpr (!base::template is_identity<k>) {
          using layers = typename base::template layers<k>;
          const auto& inside = detail::part<k>(trace.inside);
          if constexpr (Loss::template enters_head_at_z<k, activation_of<k>>)
            layers::delta(base::template own<k>(theta), inside,
                          detail::at_z<std::remove_const_t<decltype(of_output)>, typename Loss::template of<k>>{of_output}, own_grad.inside);
          else layers::delta(base::template own<k>(theta), inside, of_output, own_grad.inside);
        }
      });
    }
  };
};

} // namespace inlay
