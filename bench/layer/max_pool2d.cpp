#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<8, 24, 24>, max_pool2d<2>> quarters("max_pool2d 8x24x24 -> 8x12x12");

} // namespace
