#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<8>, dense<8, inlay::tanh>> narrow("dense 8 -> 8, tanh");
const bench::offer_layer<input<64>, dense<64, relu>> square("dense 64 -> 64, relu");
const bench::offer_layer<input<784>, dense<32, relu>> wide("dense 784 -> 32, relu");

} // namespace
