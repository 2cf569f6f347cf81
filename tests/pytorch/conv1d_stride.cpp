#include "conv1d.hpp"

TEMPLATE_TEST_CASE("conv1d with stride and dilation agrees with PyTorch", "[pytorch]", float, double) {
  using T = TestType;
  using inlay::conv1d, inlay::input, inlay::relu, inlay::silu, inlay::tanh;
  pytorch::conv1d<T, input<4, 20>, conv1d<7, 5, relu, 2>>("4x20 kernel 5 stride 2", 0.25);
  pytorch::conv1d<T, input<2, 16>, conv1d<5, 3, tanh, 1, 4>>("2x16 kernel 3 dilation 4", 0.5);
  pytorch::conv1d<T, input<3, 30>, conv1d<16, 4, silu, 3, 2>>("3x30 kernel 4 stride 3 dilation 2", 0.5);
}
