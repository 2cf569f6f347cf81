#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<1, 128>, conv1d<8, 5, relu>> first("conv1d 1x128 -> 8x124, 5 taps, relu");
const bench::offer_layer<input<16, 64>, conv1d<16, 3, relu>> later("conv1d 16x64 -> 16x62, 3 taps, relu");

} // namespace
