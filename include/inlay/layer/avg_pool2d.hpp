#pragma once

#include "inlay/layer/pool.hpp"

namespace inlay {

/// The mean of each window, channel by channel, as torch.nn.AvgPool2d: input <C, Height, Width>. The stride is the kernel
/// unless pool_options say another.
template <std::size_t KernelH, std::size_t KernelW = KernelH, pool_options Options = pool_options{}>
struct avg_pool2d {
  static constexpr description described{.name = "avg_pool2d",
                                         .header = "inlay/layer/avg_pool2d.hpp",
                                         .onnx = "AveragePool(x; kernel_shape=[kernel_h, kernel_w], strides=stride, count_include_pad=count_include_pad, pads=padding, ceil_mode=ceil_mode)"};
  static constexpr void arguments(auto& list) {
    list.number("kernel_h", KernelH), list.number("kernel_w", KernelW, KernelH);
    list.template pool<Options, 2>();
  }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Options.dilation != sizes(1)) return mismatch<refused::a_dilation_of_1_in_an_average, avg_pool2d>{};
    else if constexpr (Input::rank == 3) return detail::check_pool<avg_pool2d, Input, sizes{KernelH, KernelW}, Options, accepted>();
    else return detail::check_pool<avg_pool2d, Input, sizes{KernelH, KernelW}, Options, refused::channels_by<refused::any_length, refused::any_length>>();
  }

  template <class Input>
  static constexpr detail::window_plan plan = detail::plan_pool<Input>(sizes{KernelH, KernelW}, Options);

  template <scalar T, class Input>
  struct bind : detail::bound_pool<avg_pool2d, T, Input, typename detail::pooled<Input, plan<Input>>::type, plan<Input>, Options.padding, false,
                                   Options.count_include_pad> {};
};

} // namespace inlay
