#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<sequence<16, 32>, mean_of_steps> steps("mean_of_steps 16 steps of 32");

} // namespace
