#include "network.hpp"

namespace {

constexpr pytorch::quantity expected[] = {
#include "expected/composition.inc"
};

} // namespace

TEMPLATE_TEST_CASE("residual layers agree with PyTorch", "[pytorch]", float, double) {
  using net_t = inlay::basic_network<TestType, inlay::input<6>, inlay::dense<19, inlay::elu>,
                                     inlay::residual<inlay::dense<11, inlay::tanh>, inlay::dense<19>>,
                                     inlay::residual<inlay::activation<inlay::mish>>, inlay::dense<3>>;
  const pytorch::comparison<net_t> net{"residual", expected, 37, 0.5};
  net.outputs();
  net.mean_squared_error();
  net.cross_entropy();
}
