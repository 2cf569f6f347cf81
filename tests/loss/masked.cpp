#include "laws/network.hpp"
#include "loss/loss.hpp"

#include <vector>

using namespace inlay;

namespace {

using net_t = basic_network<double, sequence<4, 2>, gru<3>, dense<2>>;
using target_t = masked_target<net_t>;

/// Two sequences, of three steps and of two; what is behind is a NaN.
std::vector<target_t> two_lengths() {
  std::vector<target_t> targets(2);
  for (std::size_t s = 0; s < 2; ++s) {
    targets[s].target = laws::noise_array<double, 8>(s + 1);
    for (std::size_t t = 0; t < 4; ++t) targets[s].mask[t] = t < 3 - s ? 1 : 0;
    for (std::size_t i = 2 * (3 - s); i < 8; ++i) targets[s].target[i] = not_a_number<double>;
  }
  return targets;
}

} // namespace

TEST_CASE("a masked loss is the mean over the steps of all samples that count") {
  const auto net = laws::made<net_t>(1);
  const auto xs = laws::inputs<net_t>(2, 3);
  const auto targets = two_lengths();
  double wanted = 0;
  for (std::size_t s = 0; s < 2; ++s) {
    const auto y = net(xs[s]);
    for (std::size_t i = 0; i < 2 * (3 - s); ++i) wanted += (y[i] - targets[s].target[i]) * (y[i] - targets[s].target[i]) / 2 / 5;
  }
  net_t grad{};
  CHECK(backpropagate(net, xs, targets, masked<mean_squared_error>{}, grad) == Approx(wanted));
  CHECK(evaluate(net, masked<mean_squared_error>{}, xs, targets) == Approx(wanted));

  auto nudged = net;
  double& parameter = nudged.theta()[net_t::topology::stack::index(5)];
  parameter += 1e-6;
  const double above = evaluate(nudged, masked<mean_squared_error>{}, xs, targets);
  parameter -= 2e-6;
  const double below = evaluate(nudged, masked<mean_squared_error>{}, xs, targets);
  CHECK(get_parameters(grad)[5] == Approx((above - below) / 2e-6).epsilon(1e-6));

  const auto by_input = input_gradient(net, xs[1], targets[1], masked<mean_squared_error>{});
  for (std::size_t i = 0; i < 8; ++i) CHECK((by_input[i] == 0) == (i >= 4)); // behind the second step nothing counts
}

TEST_CASE("a mask of ones is none, and a batch that counts nothing gives nothing") {
  const auto net = laws::made<net_t>(1);
  const auto xs = laws::inputs<net_t>(3, 3);
  const auto ys = laws::targets<net_t>(3, 4);
  std::vector<target_t> all(3), none(3);
  for (std::size_t s = 0; s < 3; ++s) all[s].target = ys[s], all[s].mask.fill(1);
  net_t grad{}, plain{};
  CHECK(backpropagate(net, xs, all, masked<huber>{{.5}}, grad) == Approx(backpropagate(net, xs, ys, huber{.5}, plain)));
  for (std::size_t k = 0; k < net_t::parameter_count; ++k) CHECK(get_parameters(grad)[k] == Approx(get_parameters(plain)[k]));
  grad = {};
  CHECK(backpropagate(net, xs, none, masked<mean_squared_error>{}, grad) == 0);
  CHECK(grad == net_t{});
}

TEST_CASE("masked losses train in steps and in fit, with any loss of numbers") {
  auto net = laws::made<net_t>(1);
  const auto xs = laws::inputs<net_t>(2, 3);
  const auto targets = two_lengths();
  const auto before = evaluate(net, masked<mean_absolute_error>{}, xs, targets);
  adam<net_t> optimizer{{.learning_rate = 0.05}};
  net_t grad{};
  CHECK(train_step(net, optimizer, masked<mean_absolute_error>{}, xs, targets, grad) == Approx(before));
  train_step(net, optimizer, masked<mean_absolute_error>{}, xs[0], targets[0]);
  const auto history = fit(net, optimizer, masked<mean_absolute_error>{}, xs, targets, {.epochs = 50, .batch_size = 2});
  CHECK(history.back() < before / 2);

  // Of a net that is no sequence the mask weighs samples.
  using classes_t = network<input<2>, dense<3>>;
  const classes_t classes{};
  const std::vector<classes_t::input_type> points(2);
  const std::vector<masked_target<classes_t>> probabilities{{{1, 0, 0}, {3}}, {{0, 0.5, 0}, {1}}};
  CHECK(evaluate(classes, masked<cross_entropy>{}, points, probabilities) == Approx(std::log(3) * (3 + 0.5) / 4));
}

TEST_CASE("a masked loss is a constant expression") {
  using toy = network<sequence<2, 1>, dense<1>>;
  constexpr masked_target<toy> target{{3, 100}, {1, 0}};
  static_assert(evaluate(toy{}, masked<mean_squared_error>{}, std::array{1.f, 2.f}, target) == 9);
  CHECK(evaluate(toy{}, masked<mean_squared_error>{}, std::array{1.f, 2.f}, target) == 9);
}
