#include "network.hpp"

namespace {

constexpr pytorch::quantity expected[] = {
#include "expected/space.inc"
};

template <class T, class... Layers>
void agrees(const char* name) {
  const pytorch::comparison<inlay::basic_network<T, Layers...>> net{name, expected, 11, 0.5};
  net.outputs();
  net.mean_squared_error();
  net.huber();
}

} // namespace

TEMPLATE_TEST_CASE("pools and norms agree with PyTorch", "[pytorch]", float, double) {
  using namespace inlay;
  agrees<TestType, input<3, 7, 9>, conv2d<4, 2, 2>, max_pool2d<3, 2, pool_options{.stride = {2, 1}, .padding = {1, 0}, .dilation = {1, 2}}>,
         avg_pool2d<2, 2, pool_options{.stride = {1, 2}, .padding = 1, .count_include_pad = false}>, dense<3>>("pools of an image");
  agrees<TestType, input<4, 11>, max_pool1d<3, pool_options{.stride = 2, .padding = 1}>, group_norm<2>, prelu<4>,
         avg_pool1d<2, pool_options{.stride = 1, .padding = 1}>, conv1d<6, 2>, global_avg_pool<>, dense<3>>("pools of a line");
  agrees<TestType, input<10>, dense<19>, layer_norm<>, activation<gelu>, dense<12>, rms_norm<std::ratio<1, 100000>>, dense<3>>("norms");
}
