#pragma once

#include "inlay/layer/activation.hpp"
#include "inlay/layer/composite.hpp"
#include "inlay/layer/narrow.hpp"

namespace inlay {

struct identity;
struct sigmoid;

/// aˡ = σ1(a) ⊙ σ2(b), a and b the first and the second half of the features of a flat shape or of the channels of another (van
/// den Oord et al. 2016, with tanh and sigmoid). A product of two branches, each a narrow and an activation. No parameters.
template <class First, class Second>
struct gated {
  static constexpr description described{.name = "gated", .header = "inlay/layer/gated.hpp", .onnx = "Mul(inner...)"};
  static constexpr void arguments(auto& list) { list.activation_of_branch(0), list.activation_of_branch(1); }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    using first = decltype(check_activation<First, T>());
    if constexpr (Input::channels % 2 != 0) return mismatch<refused::an_even_number_of_features_or_channels, Input>{};
    else if constexpr (!std::same_as<first, accepted>) return first{};
    else return check_activation<Second, T>();
  }

  template <scalar T, class Input>
  struct bind : detail::composite<T, Input, multiply, topology<T, Input, narrow<0, Input::channels / 2>, activation<First>>,
                                  topology<T, Input, narrow<Input::channels / 2, Input::channels / 2>, activation<Second>>> {
    using listed = gated;
  };
};

/// torch.nn.GLU(dim=1): a ⊙ sigmoid(b); Dauphin et al. 2016.
using glu = gated<identity, sigmoid>;

} // namespace inlay
