#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<sequence<32, 32>, self_attention<4>> all("self_attention 32 steps of 32, 4 heads");
const bench::offer_layer<sequence<32, 32>, self_attention<4, attention_options{.is_causal = true}>> causal("self_attention 32 steps of 32, 4 heads, causal");

} // namespace
