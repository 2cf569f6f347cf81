#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<64>, rescale<>> flat("rescale 64");

} // namespace
