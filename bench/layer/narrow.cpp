#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<64>, narrow<16, 32>> features("narrow 64, 32 from the 16th on");
const bench::offer_layer<input<16, 64>, narrow<4, 8>> channels("narrow 16x64, 8 channels from the 4th on");

} // namespace
