#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<sequence<16, 32>, delay<4>> steps("delay 16 steps of 32, 4 side by side");

} // namespace
