#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<256>, dropout<>> half("dropout 256, half");

} // namespace
