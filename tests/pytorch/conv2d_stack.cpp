#include "conv2d.hpp"

TEMPLATE_TEST_CASE("conv2d into conv2d into dense agrees with PyTorch", "[pytorch]", float, double) {
  using inlay::conv2d, inlay::conv_options, inlay::relu, inlay::tanh;
  pytorch::conv2d<TestType, inlay::input<1, 8, 9>, conv2d<8, 3, 3, relu, conv_options{.padding = inlay::same}>,
                  conv2d<33, 2, 3, tanh, conv_options{.stride = 2}>, inlay::dense<3>>("image, two layers and dense", 0.5);
}
