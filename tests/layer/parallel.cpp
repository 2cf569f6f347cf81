#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("parallel layers keep the laws, whatever the join") {
  CHECK(laws::toy_broken<network<input<3>, parallel<concat, branch<dense<2, inlay::tanh>, dense<2>>, branch<>, branch<dense<1>>>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<3>, parallel<add, branch<dense<4, inlay::tanh>, dense<2>>, branch<dense<2>>>>>() == "");
  CHECK(laws::toy_broken<network<input<2>, parallel<multiply, branch<dense<2, inlay::tanh>>, branch<>, branch<dense<2, sigmoid>>>>>() == "");
}

TEST_CASE("parallel layers keep the laws with convolutions and images within, in the middle and last") {
  CHECK(laws::broken<network<sequence<5, 3>, parallel<concat, branch<gru<2>, last_step>, branch<mean_of_steps>, branch<dense<4>, flatten>>, dense<1>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<3, 2>, parallel<multiply, branch<last_step>, branch<mean_of_steps>>, dense<2>>>() == "");
  CHECK(laws::broken<network<input<3, 9>, conv1d<4, 3, relu>,
                             parallel<concat, branch<conv1d<5, 3, inlay::tanh, conv_options{.padding = same}>>, branch<>, branch<conv1d<17, 1>>>,
                             dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<2, 6, 5>,
                                   parallel<add, branch<conv2d<3, 3, 3, silu, conv_options{.padding = same}>>, branch<conv2d<3, 1, 1>>>,
                                   parallel<multiply, branch<conv2d<3, 1, 1, sigmoid>>, branch<>>>>() == "");
  CHECK(laws::broken<network<input<19>, dense<33, relu>,
                             residual<parallel<concat, branch<dense<16, gelu>>, branch<parallel<add, branch<>, branch<>>, dense<17>>>>, dense<2>>>() == "");
}

TEST_CASE("the branches of a parallel layer come one after the other, outputs and parameters") {
  using net_t = basic_network<double, input<2>, parallel<concat, branch<dense<1>>, branch<>, branch<dense<2>>>>;
  static_assert(net_t::outputs == 5 && net_t::parameter_count == 3 + 6 && net_t::multiply_adds == 6 && net_t::depth == 1);
  net_t net{};
  set_parameters(net, std::array{1., 2., 3., 4., 5., 6., 7., 8., 9.});
  const std::array x{10., 100.};
  CHECK(net(x) == std::array{213., 10., 100., 548., 769.});

  using sums = basic_network<double, input<2>, parallel<add, branch<>, branch<>, branch<>>>;
  CHECK(sums{}(x) == std::array{30., 300.});
  using products = basic_network<double, input<2>, parallel<multiply, branch<>, branch<>>>;
  CHECK(products{}(x) == std::array{100., 10000.});
}

TEST_CASE("channels of a parallel layer come one after the other, as torch.cat has them") {
  using net_t = basic_network<double, input<2, 3>, parallel<concat, branch<>, branch<conv1d<1, 1>>>>;
  static_assert(std::same_as<net_t::output_shape, shape<3, 3>>);
  const std::array x{1., 2., 3., 4., 5., 6.};
  CHECK(net_t{}(x) == std::array{1., 2., 3., 4., 5., 6., 0., 0., 0.});
}

TEST_CASE("a residual with a projection is a sum of two branches") {
  using net_t = basic_network<double, input<3>, parallel<add, branch<dense<5, relu>, dense<2>>, branch<dense<2>>>>;
  net_t net{};
  initialize(net, 3);
  basic_network<double, input<3>, dense<5, relu>, dense<2>> within{};
  basic_network<double, input<3>, dense<2>> around{};
  const auto parameters = get_parameters(net);
  set_parameters(within, std::span(parameters).first<32>());
  set_parameters(around, std::span(parameters).last<8>());
  const std::array x{1., -2., 0.5};
  for (std::size_t o = 0; o < 2; ++o) CHECK(net(x)[o] == Approx(within(x)[o] + around(x)[o]));
}

TEST_CASE("branches hear of a pass, and statistics within are measured") {
  using net_t = network<input<3>, parallel<concat, branch<dense<4>, batch_norm<>>, branch<>, branch<residual<dense<3>, batch_norm<>>>>, dense<2>>;
  using flat_t = network<input<3>, dense<4>, batch_norm<>, dense<2>>;
  static_assert(net_t::statistic_count == 8 + 6);
  net_t net{}, grad{};
  flat_t flat{}, flat_grad{};
  initialize(net, 1), initialize(flat, 1);
  CHECK(get_statistics(net)[4] == 1.0f); // a running variance
  const auto xs = laws::inputs<net_t>(7, 2);
  const auto ys = laws::targets<net_t>(7, 3);
  (void)backpropagate(net, xs, ys, mean_squared_error{}, grad);
  (void)backpropagate(flat, xs, ys, mean_squared_error{}, flat_grad);
  for (std::size_t k = 0; k < 8; ++k) CHECK(get_statistics(grad)[k] == get_statistics(flat_grad)[k]);
  adam<net_t> one, fused;
  net_t other = net;
  one.step(net, grad);
  (void)train_step(other, fused, mean_squared_error{}, xs, ys, grad);
  for (std::size_t k = 0; k < net_t::statistic_count; ++k) {
    CHECK(get_statistics(net)[k] != (k % 8 < 4 && k < 8 ? 0.0f : 12345.0f));
    CHECK(get_statistics(other)[k] == Approx(get_statistics(net)[k]));
  }

  using dropping = network<input<64>, residual<dropout<>>>;
  dropping drops{}, seeded{}, again{};
  const auto x = laws::inputs<dropping>(1, 2);
  const auto y = laws::targets<dropping>(1, 3);
  const float loss = backpropagate(drops, x, y, mean_squared_error{}, seeded, {.seed = 1});
  CHECK(backpropagate(drops, x, y, mean_squared_error{}, again, {.seed = 1}) == loss);
  CHECK(backpropagate(drops, x, y, mean_squared_error{}, again, {.seed = 2}) != loss);
  CHECK(evaluate(drops, mean_squared_error{}, x, y) != loss);
}
