#include "conv2d.hpp"

TEMPLATE_TEST_CASE("conv2d with stride, dilation and padding agrees with PyTorch", "[pytorch]", float, double) {
  using T = TestType;
  using inlay::conv2d, inlay::conv_options, inlay::input, inlay::silu, inlay::tanh;
  pytorch::conv2d<T, input<1, 1, 2>, conv2d<1, 1, 1>>("image 1x1x2 kernel 1", 1);
  pytorch::conv2d<T, input<3, 9, 7>, conv2d<5, 3, 2, tanh, conv_options{.stride = {2, 1}, .padding = {1, 0}}>>("image 3x9x7 stride", 0.25);
  pytorch::conv2d<T, input<4, 7, 5>, conv2d<6, 3, 3, silu, conv_options{.dilation = {1, 2}, .groups = 2, .padding = {1, 2}}>>(
      "image 4x7x5 groups", 0.25);
}
