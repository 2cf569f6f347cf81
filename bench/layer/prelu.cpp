#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<64>, prelu<>> one_slope("prelu 64");
const bench::offer_layer<input<64>, prelu<64>> slopes("prelu<64> 64");
const bench::offer_layer<input<16, 64>, prelu<16>> channels("prelu<16> 16x64");

} // namespace
