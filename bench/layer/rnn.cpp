#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<sequence<16, 1>, rnn<16>> narrow("rnn 16 steps of 1 -> 16");
const bench::offer_layer<sequence<16, 40>, rnn<40>> wide("rnn 16 steps of 40 -> 40");

} // namespace
