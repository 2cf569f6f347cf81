#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<1, 28, 28>, conv2d<8, 3, 3, relu>> first("conv2d 1x28x28 -> 8x26x26, 3x3 taps, relu");
const bench::offer_layer<input<16, 12, 12>, conv2d<16, 3, 3, relu>> later("conv2d 16x12x12 -> 16x10x10, 3x3 taps, relu");
const bench::offer_layer<input<16, 12, 12>, conv2d<16, 3, 3, relu, conv_options{.groups = 16, .padding = same}>>
    depthwise("conv2d 16x12x12, depthwise, 3x3 taps, padding same, relu");
const bench::offer_layer<input<16, 12, 12>, conv2d<32, 1, 1, relu>> pointwise("conv2d 16x12x12 -> 32x12x12, 1x1 tap, relu");

} // namespace
