#include "laws/gradient.hpp"

#include <inlay/inlay.hpp>

#include <vector>

using namespace inlay;

namespace {

using net_t = basic_network<double, input<4>, dense<6, inlay::tanh>,
                            heads<branch<dense<2>>, branch<dense<3>>, branch<dense<3, softmax>>, branch<dense<2>, activation<sigmoid>>, branch<dense<4, log_softmax>>>>;
using loss_t = each<huber, cross_entropy, negative_log_likelihood, negative_log_likelihood, cross_entropy>;

constexpr loss_t loss{.weights = {1, 0.5, 2, 0.25, 3}, .losses = {huber{.5}, {}, {}, {}, {}}};
constexpr std::array target{0.3, -2., .2, .3, .5, 0., 1., 0., .7, .1, .25, .25, .25, .25};
constexpr std::array x{.1, -.7, .4, 1.2};

/// The worst difference of the gradient from central differences of the loss.
double worst_difference(const auto& of, const auto& y) {
  const net_t net = laws::made<net_t>(3);
  net_t grad{}, moved = net;
  const double value = backpropagate(net, x, y, of, grad);
  double worst = std::abs(value - evaluate(net, of, x, y));
  constexpr double h = 0x1p-17;
  for (std::size_t k = 0; k < net_t::parameter_count; ++k) {
    double& w = moved.theta()[net_t::topology::stack::index(k)];
    const double before = w;
    w = before + h;
    const double above = evaluate(moved, of, x, y);
    w = before - h;
    worst = std::max(worst, std::abs((above - evaluate(moved, of, x, y)) / (2 * h) - grad.theta()[net_t::topology::stack::index(k)]));
    w = before;
  }
  return worst;
}

} // namespace

TEST_CASE("the gradient of a sum of losses is that of central differences, whichever door each head enters by") {
  CHECK(worst_difference(loss, target) < 1e-9);
  CHECK(worst_difference(loss_t{}, target) < 1e-9);
  CHECK(worst_difference(loss, std::array{0.3, -2., 2., 0., .7, .1, 3.}) < 1e-9);
}

TEST_CASE("the loss of several heads is the weighted sum of the losses of each") {
  using one = network<input<3>, dense<2>>;
  using other = network<input<3>, dense<3>>;
  using both = network<input<3>, heads<branch<dense<2>>, branch<dense<3>>>>;
  const auto first = laws::made<one>(1);
  const auto second = laws::made<other>(2);
  both net{};
  std::array<float, both::parameter_count> parameters{};
  get_parameters(first, std::span(parameters).first<one::parameter_count>());
  get_parameters(second, std::span(parameters).last<other::parameter_count>());
  set_parameters(net, parameters);
  const std::array sample{0.3f, -1.f, 2.f};
  const each<mean_squared_error, cross_entropy> sum{.weights = {2, 0.5}};
  both grad{};
  one first_grad{};
  other second_grad{};
  const float a = backpropagate(first, sample, std::array{1.f, 2.f}, mean_squared_error{}, first_grad);
  const float b = backpropagate(second, sample, 2, cross_entropy{}, second_grad);
  CHECK(backpropagate(net, sample, std::array{1.f, 2.f, 2.f}, sum, grad) == Approx(2 * a + 0.5f * b));
  for (std::size_t k = 0; k < one::parameter_count; ++k) CHECK(get_parameters(grad)[k] == Approx(2 * get_parameters(first_grad)[k]));
  for (std::size_t k = 0; k < other::parameter_count; ++k)
    CHECK(get_parameters(grad)[one::parameter_count + k] == Approx(get_parameters(second_grad)[k] / 2));
  CHECK(evaluate(net, sum, sample, std::array{1.f, 2.f, 0.f, 0.f, 1.f}) == Approx(evaluate(net, sum, sample, std::array{1.f, 2.f, 2.f})));
  // class weights of a head
  const each<mean_squared_error, weighted_cross_entropy<3>> weighted{.losses = {{}, {{1, 1, 4}}}};
  CHECK(evaluate(net, weighted, sample, std::array{1.f, 2.f, 2.f}) == Approx(a + 4 * b));
}

TEST_CASE("batches, steps and fit go through the losses of heads") {
  using both = network<input<2>, dense<16, inlay::tanh>, heads<branch<dense<1>>, branch<dense<2>>>>;
  both net{}, grad{}, single{};
  initialize(net, 1);
  std::vector<both::input_type> xs;
  std::vector<std::array<float, 2>> targets; // x + y, and whether x > y
  std::vector<both::output_type> probabilities;
  for (int i = 0; i < 200; ++i) {
    const float a = 0.01f * static_cast<float>(i * 37 % 200) - 1, b = 0.01f * static_cast<float>(i * 71 % 200) - 1;
    xs.push_back({a, b});
    targets.push_back({a + b, a > b ? 1.f : 0.f});
    probabilities.push_back({a + b, a > b ? 0.f : 1.f, a > b ? 1.f : 0.f});
  }
  const each<mean_squared_error, cross_entropy> sum{.weights = {1, 0.1}};
  const float mean = backpropagate(net, xs, targets, sum, grad);
  CHECK(mean == Approx(backpropagate(net, xs, probabilities, sum, single)));
  CHECK(mean == Approx(evaluate(net, sum, xs, targets)).epsilon(1e-4));
  float total = 0;
  single = {};
  for (std::size_t s = 0; s < xs.size(); ++s) total += backpropagate(net, xs[s], targets[s], sum, single);
  CHECK(mean == Approx(total / 200));
  for (std::size_t k = 0; k < grad.theta().size(); ++k) CHECK(grad.theta()[k] == Approx(single.theta()[k] / 200).epsilon(1e-3).margin(1e-5));

  both fused = net, apart = net;
  sgd<both> one{{.learning_rate = 0.1f}}, two{{.learning_rate = 0.1f}};
  (void)train_step(fused, one, sum, xs[3], targets[3]);
  single = {};
  (void)backpropagate(apart, xs[3], targets[3], sum, single);
  two.step(apart, single);
  for (std::size_t k = 0; k < grad.theta().size(); ++k) CHECK(fused.theta()[k] == Approx(apart.theta()[k]).margin(1e-6));

  adam<both> optimizer{{.learning_rate = 0.01f}};
  const auto history = fit(net, optimizer, sum, xs, targets, {.epochs = 60});
  CHECK(history.back() < 0.1f * history.front());
  std::size_t right = 0;
  for (std::size_t s = 0; s < xs.size(); ++s) {
    const auto [value, logits] = split<both>(net(xs[s]));
    CHECK(std::abs(value[0] - targets[s][0]) < 0.3f);
    right += (logits[1] > logits[0]) == (targets[s][1] > 0);
  }
  CHECK(right > 190);
}

TEST_CASE("a target of heads over a sequence has that of each step") {
  using heads_t = heads<branch<dense<3>>, branch<dense<2>>>;
  using each_step = basic_network<double, input<2>, heads_t>;
  using net_t = basic_network<double, sequence<3, 2>, heads_t>;
  const each<cross_entropy, huber> loss{.weights = {1, 0.5}};
  static_assert(inlay::detail::target_of<std::array<double, 9>, decltype(loss), net_t>);    // indices
  static_assert(inlay::detail::target_of<std::array<double, 15>, decltype(loss), net_t>);   // probabilities
  static_assert(!inlay::detail::target_of<std::array<double, 3>, decltype(loss), net_t>);   // of one step
  static_assert(!inlay::detail::target_of<std::array<double, 5>, decltype(loss), net_t>);
  const std::array<double, 9> target{2, .5, -1, 0, .25, 3, 1, -2, .75};
  const std::array<double, 15> full{0, 0, 1, .5, -1, 1, 0, 0, .25, 3, 0, 1, 0, -2, .75};
  const net_t::input_type sequence_x{.1, -.7, .4, 1.2, -.3, .8};
  const net_t net = laws::made<net_t>(3);
  each_step one{};
  set_parameters(one, get_parameters(net));
  net_t grad{}, grad_of_full{};
  each_step sum{};
  double mean = 0;
  for (std::size_t t = 0; t < 3; ++t)
    mean += backpropagate(one, std::array{sequence_x[2 * t], sequence_x[2 * t + 1]}, std::array{target[3 * t], target[3 * t + 1], target[3 * t + 2]}, loss, sum) / 3;
  CHECK(backpropagate(net, sequence_x, target, loss, grad) == Approx(mean));
  CHECK(backpropagate(net, sequence_x, full, loss, grad_of_full) == Approx(mean));
  CHECK(get_parameters(grad) == get_parameters(grad_of_full));
  for (std::size_t k = 0; k < net_t::parameter_count; ++k) CHECK(get_parameters(grad)[k] == Approx(get_parameters(sum)[k] / 3));

  stream<net_t> stream{};
  const auto y = net(sequence_x);
  const auto [classes, numbers] = split<net_t>(stream(net, std::array{sequence_x[0], sequence_x[1]}));
  CHECK(classes == std::array{y[0], y[1], y[2]});
  CHECK(numbers == std::array{y[3], y[4]});
}
