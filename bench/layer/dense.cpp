#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<8>, dense<8, inlay::tanh>> narrow("dense 8 -> 8, tanh");
const bench::offer_layer<input<64>, dense<64, relu>> square("dense 64 -> 64, relu");
const bench::offer_layer<input<784>, dense<32, relu>> wide("dense 784 -> 32, relu");
const bench::offer_layer<input<16>, dense<1>> one("dense 16 -> 1");
const bench::offer_layer<input<64>, dense<1>> one_of_many("dense 64 -> 1");
const bench::offer_layer<input<16>, dense<2>> two("dense 16 -> 2");
const bench::offer_layer<input<64>, dense<2>> two_of_many("dense 64 -> 2");
const bench::offer_layer<input<32>, dense<4>> four("dense 32 -> 4");

} // namespace
