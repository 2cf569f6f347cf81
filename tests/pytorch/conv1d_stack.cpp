#include "conv1d.hpp"

TEMPLATE_TEST_CASE("conv1d into conv1d into dense agrees with PyTorch", "[pytorch]", float, double) {
  using inlay::conv1d, inlay::relu, inlay::tanh;
  pytorch::conv1d<TestType, inlay::input<2, 40>, conv1d<8, 5, relu, 2>, conv1d<6, 3, tanh, 1, 2>,
                  inlay::dense<3>>("two layers and dense", 0.5);
}
