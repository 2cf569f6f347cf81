#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("convolutions of images keep the laws, in constant evaluation too") {
  CHECK(laws::toy_broken<network<input<1, 3, 3>, conv2d<2, 2, 2, inlay::tanh>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 2, 2>, conv2d<2, 2, 1, inlay::tanh, conv_options{.groups = 2, .padding = before_after({1, 0}, 0)}>>>() == "");
  CHECK(laws::toy_broken<network<input<2, 2, 3>, conv2d<4, 1, 2, identity, conv_options{.stride = {1, 2}, .groups = 2, .padding = {0, 1}}>>>() == "");
}

TEST_CASE("convolutions of images keep the laws first, in the middle and last, of odd sizes and in groups") {
  CHECK(laws::broken<network<input<3, 11, 7>, conv2d<5, 3, 2, inlay::tanh, conv_options{.stride = {2, 1}}>,
                             conv2d<9, 2, 3, silu, conv_options{.dilation = {2, 1}, .padding = {1, 2}}>, dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<4, 7, 5>, conv2d<8, 3, 3, inlay::tanh, conv_options{.groups = 2, .padding = same}>,
                                   conv2d<6, 2, 2, identity, conv_options{.groups = 2, .padding = before_after({0, 1}, {2, 0})}>>>() == "");
}

TEST_CASE("depthwise convolutions keep the laws") {
  CHECK(laws::broken<network<input<3, 6, 5>, conv2d<3, 3, 3, inlay::tanh, conv_options{.groups = 3, .padding = 1}>,
                             conv2d<17, 1, 1, inlay::tanh>, conv2d<17, 3, 2, identity, conv_options{.stride = 2, .groups = 17}>>>() == "");
  CHECK(laws::broken<basic_network<double, input<5, 4, 4>, conv2d<10, 2, 2, inlay::tanh, conv_options{.groups = 5}>, dense<2>>>() == "");
}

/// torch.nn.Conv2d: y[o][p][q] = b[o] + sum over c, k, l of W[o][c][k][l] x[c][stride p + dilation k - padding][likewise], where there
/// is such an x.
template <conv_options Options, std::size_t Channels, std::size_t KernelH, std::size_t KernelW, std::size_t In, std::size_t Height,
          std::size_t Width, std::size_t OutH, std::size_t OutW>
laws::finding is_a_convolution(std::size_t top, std::size_t left) {
  using net_t = basic_network<double, input<In, Height, Width>, conv2d<Channels, KernelH, KernelW, identity, Options>>;
  static_assert(std::same_as<typename net_t::output_shape, shape<Channels, OutH, OutW>>);
  constexpr std::size_t in = In / Options.groups, taps = KernelH * KernelW;
  static_assert(net_t::parameter_count == Channels * in * taps + Channels);
  static_assert(net_t::multiply_adds == Channels * in * taps * OutH * OutW);
  const auto net = laws::made<net_t>(1);
  const auto x = laws::noise_array<double, In * Height * Width>(2);
  const auto w = net.template layer<1>().weights();
  const auto b = net.template layer<1>().biases();
  typename net_t::output_type wanted{};
  for (std::size_t o = 0; o < Channels; ++o)
    for (std::size_t p = 0; p < OutH; ++p)
      for (std::size_t q = 0; q < OutW; ++q) {
        double y = b[o];
        for (std::size_t c = 0; c < in; ++c)
          for (std::size_t k = 0; k < KernelH; ++k)
            for (std::size_t l = 0; l < KernelW; ++l) {
              const std::size_t i = Options.stride.h * p + Options.dilation.h * k, j = Options.stride.w * q + Options.dilation.w * l;
              if (i < top || j < left || i >= top + Height || j >= left + Width) continue;
              const std::size_t channel = o / (Channels / Options.groups) * in + c;
              y += w[(o * in + c) * taps + k * KernelW + l] * x[(channel * Height + i - top) * Width + j - left];
            }
        wanted[(o * OutH + p) * OutW + q] = y;
      }
  return laws::compare_values("y", net(x), wanted, laws::tolerance<net_t>(in * taps + 1, wanted));
}

TEST_CASE("a convolution of images is what it is on paper") {
  CHECK(is_a_convolution<conv_options{}, 3, 2, 3, 2, 5, 4, 4, 2>(0, 0) == "");
  CHECK(is_a_convolution<conv_options{.stride = {2, 3}, .dilation = {1, 2}, .padding = {1, 2}}, 5, 3, 2, 3, 6, 7, 3, 3>(1, 2) == "");
  CHECK(is_a_convolution<conv_options{.groups = 2, .padding = same}, 6, 2, 3, 4, 5, 5, 5, 5>(0, 1) == "");
  CHECK(is_a_convolution<conv_options{.groups = 3, .padding = before_after(0, {1, 2})}, 3, 2, 2, 3, 3, 3, 3, 4>(0, 0) == "");
  CHECK(is_a_convolution<conv_options{}, 17, 1, 1, 1, 1, 1, 1, 1>(0, 0) == "");
}

TEST_CASE("a convolution of images sees to an image of its own for each position") {
  using one = network<input<1, 3, 3>, conv2d<1, 3, 3>>;
  one net{};
  net.layer<1>().assign(std::array<float, 9>{1, 0, 0, 0, 0, 10, 0, 100, 0}, std::array{0.5f});
  CHECK(net(std::array<float, 9>{1, 2, 3, 4, 5, 6, 7, 8, 9})[0] == 0.5f + 1 + 60 + 800);
}
