#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<32, 12, 12>, global_avg_pool<>> image("global_avg_pool 32x12x12 -> 32");

} // namespace
