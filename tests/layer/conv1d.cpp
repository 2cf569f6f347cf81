#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

// Stride and dilation, or all options: one type.
static_assert(std::same_as<conv1d<8, 3, relu, 2, 3>, conv1d<8, 3, relu, conv_options{.stride = 2, .dilation = 3}>>);
static_assert(std::same_as<conv1d<8, 3>, conv1d<8, 3, identity, 1, 1>>);

TEST_CASE("convolutions keep the laws") {
  CHECK(laws::toy_broken<network<input<2, 5>, conv1d<3, 2, inlay::tanh>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<1, 7>, conv1d<2, 3, inlay::tanh, 2>, dense<2>>>() == "");
}

TEST_CASE("convolutions with stride and dilation keep the laws, one behind the other") {
  CHECK(laws::broken<network<input<3, 25>, conv1d<5, 3, relu, 2>, conv1d<4, 3, inlay::tanh, 1, 2>, dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<2, 20>, conv1d<9, 4, identity, 3, 2>>>() == "");
}

TEST_CASE("convolutions in groups and with padding keep the laws") {
  CHECK(laws::toy_broken<network<input<2, 4>, conv1d<4, 2, inlay::tanh, conv_options{.groups = 2, .padding = before_after(1, 0)}>>>() == "");
  CHECK(laws::broken<network<input<4, 13>, conv1d<6, 3, inlay::tanh, conv_options{.groups = 2, .padding = same}>,
                             conv1d<6, 3, silu, conv_options{.stride = 2, .groups = 6, .padding = 1}>, dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<17, 6>, conv1d<17, 2, inlay::tanh, conv_options{.dilation = 2, .groups = 17, .padding = 2}>>>() == "");
}

/// torch.nn.Conv1d: y[o][p] = b[o] + sum over c, k of W[o][c][k] x[c][stride p + dilation k].
template <std::size_t Channels, std::size_t Kernel, std::size_t Stride, std::size_t Dilation, std::size_t In,
          std::size_t Length>
laws::finding is_a_convolution() {
  using net_t = basic_network<double, input<In, Length>, conv1d<Channels, Kernel, identity, Stride, Dilation>>;
  constexpr std::size_t positions = (Length - Dilation * (Kernel - 1) - 1) / Stride + 1;
  static_assert(std::same_as<typename net_t::output_shape, shape<Channels, positions>>);
  static_assert(net_t::parameter_count == Channels * In * Kernel + Channels);
  static_assert(net_t::multiply_adds == Channels * In * Kernel * positions);
  const auto net = laws::made<net_t>(1);
  const auto x = laws::noise_array<double, In * Length>(2);
  const auto w = net.template layer<1>().weights();
  const auto b = net.template layer<1>().biases();
  typename net_t::output_type wanted{};
  for (std::size_t o = 0; o < Channels; ++o)
    for (std::size_t p = 0; p < positions; ++p) {
      double y = b[o];
      for (std::size_t c = 0; c < In; ++c)
        for (std::size_t k = 0; k < Kernel; ++k)
          y += w[(o * In + c) * Kernel + k] * x[c * Length + Stride * p + Dilation * k];
      wanted[o * positions + p] = y;
    }
  return laws::compare_values("y", net(x), wanted, laws::tolerance<net_t>(In * Kernel + 1, wanted));
}

TEST_CASE("a convolution is what it is on paper") {
  CHECK(is_a_convolution<3, 2, 1, 1, 2, 9>() == "");
  CHECK(is_a_convolution<1, 3, 2, 2, 3, 5>() == ""); // one position
  CHECK(is_a_convolution<17, 1, 3, 1, 1, 10>() == "");
}
