#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<64>, residual<dense<64, relu>>> around("residual 64, dense relu");

} // namespace
