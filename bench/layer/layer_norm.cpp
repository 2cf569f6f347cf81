#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<32>, layer_norm<>> narrow("layer_norm 32");
const bench::offer_layer<input<256>, layer_norm<>> wide("layer_norm 256");

} // namespace
