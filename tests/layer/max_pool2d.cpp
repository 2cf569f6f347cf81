#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("max_pool2d layers keep the laws") {
  CHECK(laws::toy_broken<network<input<1, 4, 4>, max_pool2d<2>, dense<2>>>() == "");
  CHECK(laws::broken<network<input<1, 9, 7>, conv2d<8, 3, 3>, max_pool2d<2>, dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<3, 9, 7>, max_pool2d<3, 2, pool_options{.stride = {2, 1}, .padding = {1, 1}}>, dense<2>>>() == "");
  CHECK(laws::broken<network<input<17, 5, 5>, max_pool2d<3, 3, pool_options{.stride = 2, .ceil_mode = true}>>>() == "");
}

TEST_CASE("max_pool2d is torch.nn.MaxPool2d: padding is never the largest, a gradient goes to the first of the largest") {
  // torch.nn.functional.max_pool2d(torch.tensor([[[1., 5., 5.], [-1., -2., -3.], [-7., -8., -9.]]]), 2, 2, padding=1)
  constexpr network<input<1, 3, 3>, max_pool2d<2, 2, pool_options{.padding = 1}>> net{};
  constexpr std::array x{1.f, 5.f, 5.f, -1.f, -2.f, -3.f, -7.f, -8.f, -9.f};
  static_assert(net(x) == std::array{1.f, 5.f, -1.f, -2.f});
  CHECK(net(x) == std::array{1.f, 5.f, -1.f, -2.f});
  const std::array<float, 4> zero{};
  CHECK(input_gradient(net, x, zero, mean_absolute_error{}) ==
        std::array{0.25f, 0.25f, 0.f, -0.25f, -0.25f, 0.f, 0.f, 0.f, 0.f});
}
