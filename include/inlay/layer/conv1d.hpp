#pragma once

#include "inlay/layer/causal.hpp"

namespace inlay {

/// What conv1d<...> is, its options as one argument.
template <std::size_t Channels, std::size_t Kernel, class Activation, conv_options Options>
struct convolution1d {
  static constexpr description described{
      .name = "conv1d",
      .header = "inlay/layer/conv1d.hpp",
      .onnx = "Conv(x, weight, bias; kernel_shape=[kernel], strides=stride, dilations=dilation, group=groups, pads=padding)"};
  static constexpr void arguments(auto& list) {
    list.number("channels", Channels), list.number("kernel", Kernel), list.template activation<Activation>();
    list.template convolution<Options, 1>();
  }

  static constexpr std::size_t reach = Options.dilation.w * (Kernel - 1) + 1; ///< inputs that a window spans

  /// Over a sequence of vectors it goes along the steps; over one of <C, Length> along each Length.
  template <class Input>
  static constexpr bool mixes_steps = is_over_time<Input> && Input::row::rank == 1;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (mixes_steps<Input>) {
      if constexpr (Options.stride.w != 1) return mismatch<refused::a_stride_of_1_over_steps, convolution1d>{};
      else if constexpr (Options.padding != padding_sizes(0)) return mismatch<refused::no_padding_over_steps, convolution1d>{};
      else
        return detail::check_convolution<convolution1d, T, shape<Input::row::size, reach>, Channels, sizes{1, Kernel}, Activation, Options, accepted>();
    } else if constexpr (Input::rank == 2)
      return detail::check_convolution<convolution1d, T, Input, Channels, sizes{1, Kernel}, Activation, Options, accepted>();
    else
      return detail::check_convolution<convolution1d, T, Input, Channels, sizes{1, Kernel}, Activation, Options,
                                       refused::channels_by<refused::any_length>>();
  }

private:
  template <class T, class Input>
  struct over_steps {
    using type = detail::bound_causal<convolution1d, T, Input, Channels, Kernel, Activation, Options>;
  };
  template <class T, class Input>
  struct over_positions {
    using type = detail::bound_convolution<convolution1d, T, Input, Channels, sizes{1, Kernel}, Activation,
                                           conv_options{{1, Options.stride.w}, {1, Options.dilation.w}, Options.groups, Options.padding}>;
  };

public:
  template <scalar T, class Input>
  struct bind : std::conditional_t<mixes_steps<Input>, over_steps<T, Input>, over_positions<T, Input>>::type {
    static constexpr bool drops_outputs = Options.groups == 1;
    template <std::size_t Outputs, class Other>
    using with = convolution1d<Outputs, Kernel, Other, Options>;
    static constexpr parameter parameters[] = {{"weight", {Channels, Input::extents[is_over_time<Input> ? 1 : 0] / Options.groups, Kernel}},
                                               {"bias", {Channels}}};
  };
};

namespace detail {
constexpr conv_options conv1d_options() noexcept { return {}; }
constexpr conv_options conv1d_options(const conv_options& options) noexcept { return options; }
constexpr conv_options conv1d_options(std::size_t stride, std::size_t dilation = 1) noexcept {
  return {.stride = stride, .dilation = dilation};
}
} // namespace detail

/// A one-dimensional convolution, as torch.nn.Conv1d followed by σ: input <InChannels, Length>, output
/// <Channels, (Length + padding − dilation (Kernel − 1) − 1) / stride + 1>. Parameters in order: W [out][in / groups][tap], then
/// b. Behind σ come stride and dilation, or `conv_options{...}`. Over a sequence of vectors it is causal: step t sees the steps t,
/// t − dilation, ..., zeros before the first, and there are as many steps behind it.
template <std::size_t Channels, std::size_t Kernel, class Activation = identity, auto... Options>
using conv1d = convolution1d<Channels, Kernel, Activation, detail::conv1d_options(Options...)>;

} // namespace inlay
