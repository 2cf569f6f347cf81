#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<64>, batch_norm<>> flat("batch_norm 64, gradient of 32", {.gradient_samples = 32});
const bench::offer_layer<input<16, 14, 14>, batch_norm<>> image("batch_norm 16x14x14, gradient of 32",
                                                                {.gradient_samples = 32});

} // namespace
