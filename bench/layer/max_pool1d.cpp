#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<16, 64>, max_pool1d<2>> halves("max_pool1d 16x64 -> 16x32");

} // namespace
