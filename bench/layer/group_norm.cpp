#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<32, 14, 14>, group_norm<4>> image("group_norm 32x14x14, 4 groups");

} // namespace
