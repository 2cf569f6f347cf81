#include "sequence.hpp"

namespace {

constexpr inlay::attention_options causally{.is_causal = true}, of_five{.is_causal = true, .window = 5};

} // namespace

TEMPLATE_TEST_CASE("self_attention layers agree with PyTorch", "[pytorch]", float, double) {
  using namespace inlay;
  pytorch::sequence<TestType, inlay::sequence<5, 6>, self_attention<2>>("attention 5x6", 0.5);
  pytorch::sequence<TestType, inlay::sequence<33, 16>, self_attention<4, causally>>("attention 33x16 causal", 0.25);
  pytorch::sequence<TestType, inlay::sequence<37, 8>, self_attention<1, of_five>, dense<3>>("attention 37x8 window 5", 0.5);
  pytorch::sequence<TestType, inlay::sequence<9, 32>, residual<layer_norm<>, self_attention<4>>,
                    residual<layer_norm<>, dense<64, gelu>, dense<32>>>("transformer", 0.25);
}
