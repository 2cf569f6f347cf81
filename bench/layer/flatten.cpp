#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<sequence<16, 32>, flatten> steps("flatten 16 steps of 32");

} // namespace
