#pragma once

#include "inlay/layer/convolution.hpp"

namespace inlay {

/// A two-dimensional convolution, as torch.nn.Conv2d followed by σ: input <InChannels, Height, Width>, output <Channels, H, W>
/// with H = (Height + padding − dilation (KernelH − 1) − 1) / stride + 1, W likewise. Parameters in order:
/// W [out][in / groups][KernelH][KernelW], then b.
template <std::size_t Channels, std::size_t KernelH, std::size_t KernelW, class Activation = identity,
          conv_options Options = conv_options{}>
struct conv2d {
  static constexpr description described{
      .name = "conv2d",
      .header = "inlay/layer/conv2d.hpp",
      .onnx = "Conv(x, weight, bias; kernel_shape=[kernel_h, kernel_w], strides=stride, dilations=dilation, group=groups, pads=padding)"};
  static constexpr void arguments(auto& list) {
    list.number("channels", Channels), list.number("kernel_h", KernelH), list.number("kernel_w", KernelW);
    list.template activation<Activation>();
    list.template convolution<Options, 2>();
  }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Input::rank == 3)
      return detail::check_convolution<conv2d, T, Input, Channels, sizes{KernelH, KernelW}, Activation, Options, accepted>();
    else
      return detail::check_convolution<conv2d, T, Input, Channels, sizes{KernelH, KernelW}, Activation, Options,
                                       refused::channels_by<refused::any_length, refused::any_length>>();
  }

  template <scalar T, class Input>
  struct bind : detail::bound_convolution<conv2d, T, Input, Channels, sizes{KernelH, KernelW}, Activation, Options> {
    static constexpr bool drops_outputs = Options.groups == 1;
    template <std::size_t Outputs, class Other>
    using with = conv2d<Outputs, KernelH, KernelW, Other, Options>;
    static constexpr parameter parameters[] = {{"weight", {Channels, Input::extents[0] / Options.groups, KernelH, KernelW}},
                                               {"bias", {Channels}}};
  };
};

} // namespace inlay
