#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<4>, embedding<1000, 16>> words("embedding 4 of 1000x16",
                                                              {.indices = 1000, .parameters = 4 * 16});

} // namespace
