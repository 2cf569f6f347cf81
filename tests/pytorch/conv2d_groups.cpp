#include "conv2d.hpp"

TEMPLATE_TEST_CASE("convolutions in groups agree with PyTorch, depthwise ones too", "[pytorch]", float, double) {
  using T = TestType;
  using inlay::before_after, inlay::conv1d, inlay::conv2d, inlay::conv_options, inlay::identity, inlay::input, inlay::same, inlay::silu,
      inlay::tanh;
  pytorch::conv2d<T, input<17, 5, 4>, conv2d<17, 3, 2, tanh, conv_options{.groups = 17, .padding = same}>>("image 17x5x4 depthwise", 0.5);
  pytorch::conv2d<T, input<5, 6, 6>,
                  conv2d<10, 2, 2, identity, conv_options{.stride = 2, .groups = 5, .padding = before_after({0, 1}, {2, 0})}>>(
      "image 5x6x6 two for each channel", 0.5);
  pytorch::conv2d<T, input<6, 11>, conv1d<9, 3, tanh, conv_options{.stride = 2, .groups = 3, .padding = 2}>>("line 6x11 groups", 0.5);
  pytorch::conv2d<T, input<8, 9>, conv1d<8, 4, silu, conv_options{.dilation = 2, .groups = 8, .padding = same}>, conv1d<3, 1>>(
      "line 8x9 depthwise", 0.5);
}
