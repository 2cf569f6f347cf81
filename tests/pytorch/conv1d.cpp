#include "network.hpp"

namespace {

constexpr pytorch::quantity expected[] = {
#include "expected/conv1d.inc"
};

template <class T, class... Layers>
void agree(const char* name, double scale) {
  const pytorch::comparison<inlay::basic_network<T, Layers...>> net{name, expected, 11, scale};
  net.outputs();
  net.mean_squared_error();
  net.huber();
}

} // namespace

TEMPLATE_TEST_CASE("conv1d agrees with PyTorch's Conv1d", "[pytorch]", float, double) {
  using T = TestType;
  using inlay::conv1d, inlay::input, inlay::identity, inlay::relu, inlay::silu, inlay::tanh;
  agree<T, input<1, 2>, conv1d<1, 1>>("1x2 kernel 1", 1);
  agree<T, input<1, 9>, conv1d<1, 3>>("1x9 kernel 3", 1);
  agree<T, input<3, 17>, conv1d<4, 3, tanh>>("3x17 kernel 3", 0.5);
  agree<T, input<4, 20>, conv1d<7, 5, relu, 2>>("4x20 kernel 5 stride 2", 0.25);
  agree<T, input<2, 16>, conv1d<5, 3, tanh, 1, 4>>("2x16 kernel 3 dilation 4", 0.5);
  agree<T, input<3, 30>, conv1d<16, 4, silu, 3, 2>>("3x30 kernel 4 stride 3 dilation 2", 0.5);
  agree<T, input<5, 33>, conv1d<9, 33>>("5x33 whole length", 0.125);
}

TEMPLATE_TEST_CASE("conv1d into conv1d into dense agrees with PyTorch", "[pytorch]", float, double) {
  using inlay::conv1d, inlay::relu, inlay::tanh;
  agree<TestType, inlay::input<2, 40>, conv1d<8, 5, relu, 2>, conv1d<6, 3, tanh, 1, 2>, inlay::dense<3>>(
      "two layers and dense", 0.5);
}
