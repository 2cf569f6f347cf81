#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<128>, gated<inlay::tanh, sigmoid>> features("gated tanh sigmoid 128");
const bench::offer_layer<input<16, 64>, glu> channels("glu 16x64");

} // namespace
