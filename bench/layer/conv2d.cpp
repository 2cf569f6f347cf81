#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<1, 28, 28>, conv2d<8, 5, 5>> first("conv2d 1x28x28 -> 8x24x24, 5x5 taps");
const bench::offer_layer<input<8, 12, 12>, conv2d<16, 3, 3>> second("conv2d 8x12x12 -> 16x10x10, 3x3 taps");
const bench::offer_layer<input<16, 14, 14>, conv2d<32, 3, 3>> third("conv2d 16x14x14 -> 32x12x12, 3x3 taps");
const bench::offer_layer<input<32, 16, 16>, conv2d<64, 3, 3>> fourth("conv2d 32x16x16 -> 64x14x14, 3x3 taps");

} // namespace
