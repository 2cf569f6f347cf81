#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<sequence<16, 1>, lstm<16>> narrow("lstm 16 steps of 1 -> 16");
const bench::offer_layer<sequence<16, 40>, lstm<40>> wide("lstm 16 steps of 40 -> 40");

} // namespace
