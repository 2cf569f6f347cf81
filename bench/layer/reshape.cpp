#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<16, 64>, reshape<16, 8, 8>> images("reshape 16x64 to 16x8x8");

} // namespace
