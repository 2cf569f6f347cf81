#pragma once

#include "inlay/layer/pool.hpp"

namespace inlay {

/// The mean of each window, channel by channel, as torch.nn.AvgPool1d: input <C, Length>. The stride is the kernel unless
/// pool_options say another.
template <std::size_t Kernel, pool_options Options = pool_options{}>
struct avg_pool1d {
  static constexpr description described{.name = "avg_pool1d",
                                         .header = "inlay/layer/avg_pool1d.hpp",
                                         .onnx = "AveragePool(x; kernel_shape=[kernel], strides=stride, count_include_pad=count_include_pad, pads=padding, ceil_mode=ceil_mode)"};
  static constexpr void arguments(auto& list) {
    list.number("kernel", Kernel);
    list.template pool<Options, 1>();
  }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Options.dilation != sizes(1)) return mismatch<refused::a_dilation_of_1_in_an_average, avg_pool1d>{};
    else if constexpr (Input::rank == 2) return detail::check_pool<avg_pool1d, Input, sizes{1, Kernel}, detail::along_line(Options), accepted>();
    else return detail::check_pool<avg_pool1d, Input, sizes{1, Kernel}, detail::along_line(Options), refused::channels_by<refused::any_length>>();
  }

  template <class Input>
  static constexpr detail::window_plan plan = detail::plan_pool<Input>(sizes{1, Kernel}, detail::along_line(Options));

  template <scalar T, class Input>
  struct bind : detail::bound_pool<avg_pool1d, T, Input, typename detail::pooled<Input, plan<Input>>::type, plan<Input>, detail::along_line(Options).padding, false,
                                   Options.count_include_pad> {};
};

} // namespace inlay
