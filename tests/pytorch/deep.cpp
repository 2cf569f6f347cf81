#include "network.hpp"

namespace {

constexpr pytorch::quantity expected[] = {
#include "expected/composition.inc"
};

} // namespace

TEMPLATE_TEST_CASE("a deep net of many activations agrees with PyTorch", "[pytorch]", float, double) {
  using net_t = inlay::basic_network<TestType, inlay::input<10>, inlay::dense<24, inlay::relu>,
                                     inlay::dense<17, inlay::gelu>, inlay::dense<9, inlay::silu>,
                                     inlay::activation<inlay::softmax>, inlay::dense<6, inlay::log_softmax>,
                                     inlay::dense<5, inlay::sigmoid>, inlay::dense<4>>;
  const pytorch::comparison<net_t> net{"deep", expected, 37, 0.5};
  net.outputs();
  net.every_loss();
}
