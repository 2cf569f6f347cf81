#pragma once

#include "inlay/layer/composite.hpp"

namespace inlay {

/// The same input goes through several branches, whose outputs become one: by `concat` along the features of flat shapes or
/// the channels of others, by `add`, or by `multiply`, element by element. `parallel<add, branch<>, branch<F...>>` is a residual,
/// `parallel<add, branch<F...>, branch<conv1d<16, 1>>>` one with a projection. Parameters: branch after branch.
template <class Join, class... Branches>
struct parallel {
  static constexpr description described{.name = "parallel", .header = "inlay/layer/parallel.hpp"};
  static constexpr bool takes_several_inputs = true;
  static constexpr void arguments(auto& list) { list.word(Join::name), list.template branches<Branches...>(); }

  template <class Input>
  static constexpr bool mixes_steps = is_over_time<Input>; // hands the sequence on

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (!detail::join<Join>) return mismatch<refused::concat_or_add_or_multiply, Join>{};
    else return detail::check_branches<parallel, Join, T, Input, Branches...>();
  }

  template <scalar T, class Input>
  struct bind : detail::composite<T, Input, Join, detail::branch_topology<T, Input, Branches>...> {
    using listed = parallel;
    static constexpr bool lists_branches = true;
    template <class... Others>
    using with_branches = inlay::parallel<Join, Others...>;
    static constexpr const char* onnx = Join::onnx;
  };
};

} // namespace inlay
