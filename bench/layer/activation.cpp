#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<32>, activation<inlay::tanh>> narrow("activation 32, tanh");
const bench::offer_layer<input<256>, activation<inlay::tanh>> each("activation 256, tanh");
const bench::offer_layer<input<16>, activation<softmax>> row("activation 16, softmax");

} // namespace
