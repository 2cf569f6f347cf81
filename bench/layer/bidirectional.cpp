#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<sequence<16, 40>, bidirectional<lstm<40>>> steps("bidirectional lstm 16 steps of 40 -> 2 40");

} // namespace
