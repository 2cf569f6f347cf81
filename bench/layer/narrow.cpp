#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<64>, narrow<16, 32>> features("narrow<16, 32> 64");
const bench::offer_layer<input<16, 64>, narrow<4, 8>> channels("narrow<4, 8> 16x64");

} // namespace
