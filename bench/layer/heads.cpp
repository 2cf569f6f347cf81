#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<64>, heads<branch<dense<12, inlay::tanh>>, branch<dense<1>>>> two("heads 64, dense 12 tanh, dense 1");

} // namespace
