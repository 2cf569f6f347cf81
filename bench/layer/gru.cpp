#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<sequence<16, 1>, gru<16>> narrow("gru 16 steps of 1 -> 16");
const bench::offer_layer<sequence<16, 40>, gru<40>> wide("gru 16 steps of 40 -> 40");

} // namespace
