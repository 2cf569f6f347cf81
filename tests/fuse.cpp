#include "laws/network.hpp"

#include <inlay/inlay.hpp>

#include <memory>

using namespace inlay;

namespace {

template <class Net>
Net made_with_statistics() {
  auto net = laws::made<Net>(1);
  auto statistics = get_statistics(net);
  for (std::size_t k = 0; k < statistics.size(); ++k) statistics[k] = typename Net::scalar(0.25) + typename Net::scalar(k % 5) / 4;
  set_statistics(net, statistics);
  return net;
}

/// The largest difference of a net's outputs from those of its fused form.
template <class Net>
double difference() {
  const auto net = std::make_unique<Net>(made_with_statistics<Net>());
  const auto fused = std::make_unique<fused_t<Net>>(fuse(*net));
  double worst = 0;
  for (unsigned s = 1; s < 5; ++s) {
    const auto x = laws::noise_array<typename Net::scalar, Net::inputs>(s);
    const auto y = (*net)(x), z = (*fused)(x);
    for (std::size_t i = 0; i < y.size(); ++i) worst = (std::max)(worst, static_cast<double>(std::abs(y[i] - z[i]) / (1 + std::abs(y[i]))));
  }
  return worst;
}

} // namespace

TEST_CASE("batch norms and scales go into the linear layers beside them, and σ and dropout with them") {
  using net_t = basic_network<double, input<3, 9, 8>, rescale<>, conv2d<6, 3, 3>, batch_norm<>, activation<relu>, dropout<>, batch_norm<>,
                              conv2d<4, 2, 2>, batch_norm<>, rescale<>, activation<inlay::tanh>, max_pool2d<2>, dense<5>, rescale<>,
                              batch_norm<>, activation<softmax>>;
  using wanted = basic_network<double, input<3, 9, 8>, rescale<>, conv2d<6, 3, 3, relu>, conv2d<4, 2, 2>, rescale<>,
                               activation<inlay::tanh>, max_pool2d<2>, dense<5>, activation<softmax>>;
  CHECK(std::is_same_v<fused_t<net_t>, wanted>); // a rescale of an image is one of each pixel
  CHECK(difference<net_t>() < 1e-13);
}

TEST_CASE("a norm before a layer goes into it, unless that reads zeros around its input") {
  using before = basic_network<double, input<6>, batch_norm<>, rescale<>, dense<4, relu>, batch_norm<>>;
  CHECK(std::is_same_v<fused_t<before>, basic_network<double, input<6>, dense<4, relu>, batch_norm<>>>);
  CHECK(difference<before>() < 1e-13);
  using grouped = basic_network<double, input<4, 6, 6>, batch_norm<>, conv2d<6, 3, 3, relu, conv_options{.groups = 2}>, dense<2>>;
  CHECK(std::is_same_v<fused_t<grouped>, basic_network<double, input<4, 6, 6>, conv2d<6, 3, 3, relu, conv_options{.groups = 2}>, dense<2>>>);
  CHECK(difference<grouped>() < 1e-13);
  using depthwise = basic_network<double, input<4, 20>, batch_norm<>, conv1d<4, 3, identity, conv_options{.groups = 4}>, batch_norm<>, dense<2>>;
  CHECK(std::is_same_v<fused_t<depthwise>, basic_network<double, input<4, 20>, conv1d<4, 3, identity, conv_options{.groups = 4}>, dense<2>>>);
  CHECK(difference<depthwise>() < 1e-13);
  using padded = basic_network<double, input<2, 5, 5>, batch_norm<>, conv2d<3, 3, 3, relu, conv_options{.padding = same}>, batch_norm<>, dense<2>>;
  CHECK(std::is_same_v<fused_t<padded>, basic_network<double, input<2, 5, 5>, batch_norm<>, conv2d<3, 3, 3, relu, conv_options{.padding = same}>, dense<2>>>);
  CHECK(difference<padded>() < 1e-13);
}

TEST_CASE("what a narrow drops of a linear layer is not computed") {
  using dense_t = basic_network<double, input<7>, dense<20, inlay::tanh>, dropout<>, narrow<3, 9>, narrow<1, 5>, batch_norm<>, dense<4>>;
  CHECK(std::is_same_v<fused_t<dense_t>, basic_network<double, input<7>, dense<5, inlay::tanh>, dense<4>>>);
  CHECK(difference<dense_t>() < 1e-13);
  using scaled = basic_network<double, input<2, 6, 6>, conv2d<6, 3, 3>, batch_norm<>, narrow<2, 3>, batch_norm<>, narrow<1, 2>, activation<relu>,
                               narrow<1, 1>, flatten, dense<8>, rescale<>, narrow<0, 3>>;
  CHECK(std::is_same_v<fused_t<scaled>, basic_network<double, input<2, 6, 6>, conv2d<1, 3, 3, relu>, flatten, dense<3>>>);
  CHECK(difference<scaled>() < 1e-13);
  using stays = basic_network<double, input<4, 9>, conv1d<4, 2, relu, conv_options{.groups = 2}>, narrow<0, 2>, dense<6>, activation<softmax>,
                              narrow<1, 2>, activation<relu>, narrow<0, 1>>;
  CHECK(std::is_same_v<fused_t<stays>, stays>);
  CHECK(difference<stays>() < 1e-13);
  using step_t = basic_network<double, sequence<3, 2>, dense<6>, narrow<2, 3>, lstm<2>, narrow<1, 1>>;
  CHECK(std::is_same_v<fused_t<step_t>, basic_network<double, sequence<3, 2>, dense<3>, lstm<2>, narrow<1, 1>>>);
  CHECK(difference<step_t>() < 1e-13);
}

TEST_CASE("what is within branches is fused, however deep") {
  using block_t = residual<conv2d<4, 3, 3, identity, conv_options{.padding = same}>, batch_norm<>, activation<relu>, dropout<>,
                           residual<conv2d<4, 1, 1>, batch_norm<>>, batch_norm<>, conv2d<4, 3, 3, identity, conv_options{.padding = same}>, batch_norm<>>;
  using resnet = basic_network<double, input<3, 6, 5>, conv2d<4, 3, 3>, batch_norm<>, activation<relu>, block_t, batch_norm<>, flatten, dense<3>>;
  using fused_block = residual<conv2d<4, 3, 3, relu, conv_options{.padding = same}>, residual<conv2d<4, 1, 1>>, batch_norm<>,
                               conv2d<4, 3, 3, identity, conv_options{.padding = same}>>;
  CHECK(std::is_same_v<fused_t<resnet>, basic_network<double, input<3, 6, 5>, conv2d<4, 3, 3, relu>, fused_block, batch_norm<>, flatten, dense<3>>>);
  CHECK(difference<resnet>() < 1e-13);
  using several = basic_network<double, input<5>, parallel<concat, branch<batch_norm<>, dense<4>, rescale<>, activation<inlay::tanh>>, branch<>, branch<dense<7>, narrow<1, 3>>>,
                                heads<branch<dense<3>, batch_norm<>>, branch<rescale<>, dense<1>>>>;
  CHECK(std::is_same_v<fused_t<several>, basic_network<double, input<5>, parallel<concat, branch<dense<4, inlay::tanh>>, branch<>, branch<dense<3>>>,
                                                       heads<branch<dense<3>>, branch<dense<1>>>>>);
  CHECK(difference<several>() < 1e-13);
}

TEST_CASE("a net without any is itself, and fusing is constant evaluation, too") {
  using net_t = network<input<4>, dense<3, inlay::tanh>, dense<2>>;
  CHECK(std::is_same_v<fused_t<net_t>, net_t>);
  CHECK(fuse(laws::made<net_t>(1)) == laws::made<net_t>(1));
  constexpr auto y = fuse(laws::made<network<input<2>, dense<2>, rescale<>>>(1))(std::array{1.f, 2.f});
  CHECK(y[0] == Approx(laws::made<network<input<2>, dense<2>, rescale<>>>(1)(std::array{1.f, 2.f})[0]));
}

TEST_CASE("nets of a sequence and of several inputs are fused, too") {
  using steps = basic_network<double, sequence<4, 3>, batch_norm<>, dense<4>, batch_norm<>, activation<relu>, bidirectional<gru<2>>,
                              self_attention<2>, dropout<>, dense<1>>;
  CHECK(std::is_same_v<fused_t<steps>, basic_network<double, sequence<4, 3>, dense<4, relu>, bidirectional<gru<2>>, self_attention<2>, dense<1>>>);
  CHECK(difference<steps>() < 1e-13);
  using causal = basic_network<double, sequence<6, 3>, batch_norm<>, conv1d<4, 3, identity, conv_options{.dilation = 2}>, batch_norm<>,
                               activation<relu>, rescale<>, conv1d<6, 1, identity, conv_options{.groups = 2}>, batch_norm<>,
                               conv1d<5, 2>, narrow<1, 2>>;
  using fewer = basic_network<double, sequence<6, 3>, batch_norm<>, conv1d<4, 3, relu, conv_options{.dilation = 2}>,
                              conv1d<6, 1, identity, conv_options{.groups = 2}>, conv1d<2, 2>>;
  CHECK(std::is_same_v<fused_t<causal>, fewer>); // before the first step are zeros, unless a kernel is of one
  CHECK(difference<causal>() < 1e-13);
  using inputs = basic_network<double, input_list<shape<2>, shape<3>>, parallel<concat, branch<from<1>>, branch<from<2>>>, batch_norm<>, dense<4>>;
  CHECK(std::is_same_v<fused_t<inputs>, basic_network<double, input_list<shape<2>, shape<3>>, parallel<concat, branch<from<1>>, branch<from<2>>>, dense<4>>>);
  CHECK(difference<inputs>() < 1e-13);
}

TEST_CASE("a net of nothing but dropout keeps a layer") {
  using net_t = network<input<3>, dropout<>, dropout<>>;
  static_assert(std::same_as<fused_t<net_t>, network<input<3>, dropout<>>>);
  const std::array x{1.f, -2.f, 3.f};
  CHECK(fuse(net_t{})(x) == x);
}
