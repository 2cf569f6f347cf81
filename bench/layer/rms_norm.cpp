#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<32>, rms_norm<>> narrow("rms_norm 32");
const bench::offer_layer<input<256>, rms_norm<>> wide("rms_norm 256");

} // namespace
