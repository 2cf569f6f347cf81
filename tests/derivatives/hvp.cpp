// H v by the parameters is the central difference of the gradient that backpropagate gives, whatever the net is made of and the loss.
#include "derivatives/nets.hpp"

#include <memory>

using namespace inlay;

namespace {

template <class Net>
constexpr std::size_t samples = 3;

template <class Net, std::size_t N>
auto noise_of(std::size_t from) {
  std::array<std::array<double, N>, samples<Net>> all;
  for (std::size_t s = 0; s < all.size(); ++s)
    all[s] = laws::noise_array<double, N>(from + s);
  return all;
}

template <class Net, class Loss, class Targets>
void is_difference(const Loss& loss, const Targets& targets, const pass_options& options = {}) {
  const auto net = laws::made<Net>(1), v = laws::made<Net>(7);
  const auto xs = noise_of<Net, Net::inputs>(2);
  Net Hv{};
  if constexpr (Net::topology::random) hvp(net, xs, targets, loss, v, Hv, options);
  else hvp(net, xs, targets, loss, v, Hv);
  constexpr double h = 1e-5;
  const auto gradient_along = [&](double far) {
    auto moved = get_parameters(net);
    const auto along = get_parameters(v);
    for (std::size_t k = 0; k < moved.size(); ++k)
      moved[k] += far * along[k];
    Net there = net, grad{};
    set_parameters(there, moved);
    backpropagate(there, xs, targets, loss, grad, options);
    return get_parameters(grad);
  };
  const auto up = gradient_along(h), down = gradient_along(-h), found = get_parameters(Hv);
  double largest = 0;
  for (std::size_t k = 0; k < found.size(); ++k) {
    INFO("parameter " << k);
    CHECK(found[k] == Approx((up[k] - down[k]) / (2 * h)).epsilon(2e-6).margin(1e-7));
    largest = std::max(largest, std::abs(found[k]));
  }
  CHECK(largest > 1e-3);
}

} // namespace

TEMPLATE_LIST_TEST_CASE("H v is the difference of the gradient", "", derivatives::nets<double>) {
  const auto targets = noise_of<TestType, TestType::outputs>(5);
  if constexpr (std::is_same_v<TestType, derivatives::ports<double>>)
    is_difference<TestType>(each<mean_squared_error, mean_squared_error>{}, targets);
  else
    is_difference<TestType>(mean_squared_error{}, targets);
}

TEST_CASE("of every loss") {
  using net_t = basic_network<double, input<3>, dense<5, inlay::tanh>, dense<4>>;
  const auto targets = noise_of<net_t, 4>(5);
  is_difference<net_t>(huber{.5}, targets);
  is_difference<net_t>(binary_cross_entropy{}, targets);
  is_difference<net_t>(cross_entropy{}, std::array{0, 3, 1});
  is_difference<net_t>(class_weighted<cross_entropy, 4>{{1, 2, .5, 3}}, std::array{0, 3, 1});
  using logs = basic_network<double, input<3>, dense<5, inlay::tanh>, dense<4, log_softmax>>;
  is_difference<logs>(negative_log_likelihood{}, std::array{2, 3, 1});
}

TEST_CASE("with dropout it is that of the seed's gradient") {
  using net_t = basic_network<double, input<3>, dense<8, inlay::tanh>, dropout<std::ratio<1, 4>>, dense<2, sigmoid>>;
  is_difference<net_t>(mean_squared_error{}, noise_of<net_t, 2>(5), {.seed = 3});
}

TEST_CASE("of one sample it is that of a batch of one, and it is added") {
  using net_t = derivatives::vector<double>;
  const auto net = laws::made<net_t>(1), v = laws::made<net_t>(7);
  const std::array<net_t::input_type, 1> xs{laws::noise_array<double, net_t::inputs>(2)};
  const std::array<net_t::output_type, 1> targets{laws::noise_array<double, net_t::outputs>(3)};
  net_t one{}, batch{};
  hvp(net, xs[0], targets[0], mean_squared_error{}, v, one);
  hvp(net, xs[0], targets[0], mean_squared_error{}, v, one);
  hvp(net, xs, targets, mean_squared_error{}, v, batch);
  const auto twice = get_parameters(one), once = get_parameters(batch);
  for (std::size_t k = 0; k < once.size(); ++k)
    CHECK(twice[k] == Approx(2 * once[k]).epsilon(1e-12));
}

TEST_CASE("in memory of the caller's it is the same, and a net of any size has it") {
  using net_t = derivatives::vector<double>;
  const auto net = laws::made<net_t>(1), v = laws::made<net_t>(7);
  const auto xs = noise_of<net_t, net_t::inputs>(2);
  const auto targets = noise_of<net_t, net_t::outputs>(3);
  net_t wanted{}, batch{}, one{};
  hvp_workspace<net_t> place;
  for (int twice = 0; twice < 2; ++twice) { // what is there from before is nothing
    hvp(net, xs, targets, mean_squared_error{}, v, wanted);
    hvp(net, xs, targets, mean_squared_error{}, v, batch, place);
    CHECK(batch == wanted);
  }
  net_t of_one{};
  hvp(net, xs[0], targets[0], mean_squared_error{}, v, of_one);
  hvp(net, xs[0], targets[0], mean_squared_error{}, v, one, place);
  CHECK(one == of_one);

  using large_t = basic_network<double, input<40>, dense<200, inlay::tanh>, dense<200, inlay::tanh>, dense<2>>;
  const auto large = std::make_unique<large_t>(), along = std::make_unique<large_t>(), Hv = std::make_unique<large_t>();
  initialize(*large, 1);
  initialize(*along, 2);
  const auto room = std::make_unique<hvp_workspace<large_t>>();
  const auto x = laws::noise_array<double, 40>(1);
  hvp(*large, x, std::array{1., 2.}, mean_squared_error{}, *along, *Hv, *room);
  // vᵀ H v is the second difference of the loss.
  const auto loss_at = [&](double far) {
    auto moved = get_parameters(*large);
    const auto direction = get_parameters(*along);
    for (std::size_t k = 0; k < moved.size(); ++k)
      moved[k] += far * direction[k];
    const auto there = std::make_unique<large_t>();
    set_parameters(*there, moved);
    return evaluate(*there, mean_squared_error{}, x, std::array{1., 2.});
  };
  double curvature = 0;
  const auto found = get_parameters(*Hv), direction = get_parameters(*along);
  for (std::size_t k = 0; k < found.size(); ++k)
    curvature += found[k] * direction[k];
  CHECK(curvature == Approx((loss_at(1e-4) - 2 * loss_at(0) + loss_at(-1e-4)) / 1e-8).epsilon(1e-4));
}
