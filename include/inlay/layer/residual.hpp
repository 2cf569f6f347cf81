#pragma once

#include "inlay/layer/composite.hpp"

#include <concepts>

namespace inlay {

template <class... Layers>
struct residual;

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

template <class Branch>
struct residual_of;
template <class... Layers>
struct residual_of<branch<Layers...>> : std::type_identity<residual<Layers...>> {};

} // namespace inlay::detail

namespace inlay {

/// aˡ = aˡ⁻¹ + F(aˡ⁻¹), F the layers in the list, whose output must have the shape of its input (He et al. 2015).
template <class... Layers>
struct residual {
  static constexpr description described{.name = "residual", .header = "inlay/layer/residual.hpp", .onnx = "Add(inner...)"};
  static constexpr void arguments(auto& list) { list.template layers<Layers...>(); }

  template <class Input>
  static constexpr bool mixes_steps = is_over_time<Input>; // hands the sequence on

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    using inner = topology<T, Input, Layers...>;
    using output = typename inner::output_shape;
    if constexpr (sizeof...(Layers) == 0) return mismatch<refused::layers, residual>{};
    else if constexpr (!std::same_as<typename inner::mistake, accepted>) return std::type_identity<typename inner::mistake>{};
    else if constexpr (!std::same_as<output, Input>) return mismatch<refused::layers_that_give<Input>, refused::layers_that_give<output>>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::composite<T, Input, add, topology<T, Input>, topology<T, Input, Layers...>> {
    using listed = residual;
    static constexpr bool lists_branches = true;
    template <class Identity, class Branch>
    using with_branches = typename detail::residual_of<Branch>::type;
  };
};

} // namespace inlay
