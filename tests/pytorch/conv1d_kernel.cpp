#include "conv1d.hpp"

TEMPLATE_TEST_CASE("conv1d with kernels of 1, 3 and the whole length agrees with PyTorch", "[pytorch]", float,
                   double) {
  using T = TestType;
  using inlay::conv1d, inlay::input, inlay::tanh;
  pytorch::conv1d<T, input<1, 2>, conv1d<1, 1>>("1x2 kernel 1", 1);
  pytorch::conv1d<T, input<1, 9>, conv1d<1, 3>>("1x9 kernel 3", 1);
  pytorch::conv1d<T, input<3, 17>, conv1d<4, 3, tanh>>("3x17 kernel 3", 0.5);
  pytorch::conv1d<T, input<5, 33>, conv1d<9, 33>>("5x33 whole length", 0.125);
}
