#pragma once

#include "inlay/layer/pool.hpp"

namespace inlay {

/// The largest number of each window, channel by channel, as torch.nn.MaxPool1d: input <C, Length>. The stride is the kernel
/// unless pool_options say another. A gradient goes to the first of the largest.
template <std::size_t Kernel, pool_options Options = pool_options{}>
struct max_pool1d {
  static constexpr description described{.name = "max_pool1d",
                                         .header = "inlay/layer/max_pool1d.hpp",
                                         .onnx = "MaxPool(x; kernel_shape=[kernel], strides=stride, dilations=dilation, pads=padding, ceil_mode=ceil_mode)"};
  static constexpr void arguments(auto& list) {
    list.number("kernel", Kernel);
    list.template pool<Options, 1>();
  }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Input::rank == 2) return detail::check_pool<max_pool1d, Input, sizes{1, Kernel}, detail::along_line(Options), accepted>();
    else return detail::check_pool<max_pool1d, Input, sizes{1, Kernel}, detail::along_line(Options), refused::channels_by<refused::any_length>>();
  }

  template <class Input>
  static constexpr detail::window_plan plan = detail::plan_pool<Input>(sizes{1, Kernel}, detail::along_line(Options));

  template <scalar T, class Input>
  struct bind : detail::bound_pool<max_pool1d, T, Input, typename detail::pooled<Input, plan<Input>>::type, plan<Input>, detail::along_line(Options).padding, true,
                                   Options.count_include_pad> {};
};

} // namespace inlay
