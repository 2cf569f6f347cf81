#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input<64>, parallel<concat, branch<dense<32, relu>>, branch<dense<32, relu>>>> joined("parallel concat 64, 2 dense 32 relu");
const bench::offer_layer<input<64>, parallel<add, branch<dense<64, relu>>, branch<dense<64>>>> projected("parallel add 64, dense 64 relu, dense 64");
const bench::offer_layer<input<64>, parallel<multiply, branch<>, branch<dense<64, sigmoid>>>> scaled("parallel multiply 64, dense 64 sigmoid");

} // namespace
