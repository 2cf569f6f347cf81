#pragma once

#include "inlay/layer/pool.hpp"

namespace inlay {

/// The mean of each channel: input <C, Length> or <C, Height, Width>, output <C>; torch.nn.AdaptiveAvgPool1d(1) or AdaptiveAvgPool2d(1),
/// flattened.
template <class... None>
struct global_avg_pool {
  static constexpr description described{.name = "global_avg_pool", .header = "inlay/layer/global_avg_pool.hpp", .type = "inlay::global_avg_pool<>", .onnx = "Flatten(GlobalAveragePool(x))"};

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (sizeof...(None) > 0) return mismatch<global_avg_pool<>, global_avg_pool>{};
    else if constexpr (Input::rank < 2) return mismatch<refused::channels_by<refused::any_length>, Input>{};
    else return accepted{};
  }

  template <scalar T, class Input, sizes Kernel = sizes(Input::rank == 3 ? Input::extents[1] : 1, Input::extents[Input::rank - 1])>
  struct bind_with_kernel : detail::bound_pool<global_avg_pool, T, Input, shape<Input::extents[0]>,
                                               detail::plan_pool<Input>(Kernel, pool_options{}), padding_sizes(0), false, true> {};
  template <scalar T, class Input>
  using bind = bind_with_kernel<T, Input>;
};

} // namespace inlay
