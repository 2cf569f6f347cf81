#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<16, 64>, transpose> exchanged("transpose 16x64");

} // namespace
