#include "laws/all.hpp"

#include <inlay/inlay.hpp>

#include <vector>

using namespace inlay;

namespace {
using net_t = basic_network<double, input<40>, dropout<std::ratio<1, 4>>, dense<30>, dropout<>, dense<1>>;
}

TEST_CASE("outside of training dropout passes all on") {
  auto net = laws::made<net_t>(1);
  basic_network<double, input<40>, dense<30>, dense<1>> without{};
  set_parameters(without, get_parameters(net));
  const auto x = laws::noise_array<double, 40>(1);
  CHECK(net(x) == without(x));
  CHECK(input_gradient(net, x, std::array{0.}, mean_squared_error{}) == input_gradient(without, x, std::array{0.}, mean_squared_error{}));
}

TEST_CASE("the same seed drops the same, each sample of a batch drops its own, and about Share of all") {
  using all = basic_network<double, input<1000>, dropout<std::ratio<1, 4>>>;
  static all net{}, unused{};
  static const std::vector<all::output_type> zero(2);
  static std::vector<all::input_type> ones(2);
  for (auto& x : ones) x.fill(1);
  const auto mean = [&](std::int64_t seed) { return backpropagate(net, ones, zero, mean_absolute_error{}, unused, {.seed = seed}); };
  CHECK(mean(1) == mean(1));
  CHECK(mean(1) != mean(2));
  double sum = 0;
  for (std::int64_t seed = 0; seed < 50; ++seed) sum += mean(seed) / 50;
  CHECK(sum == Approx(1).margin(0.01)); // 100 000 numbers: 0.002 is one deviation
  const auto first = backpropagate(net, ones[0], zero[0], mean_absolute_error{}, unused, {.seed = 1});
  CHECK(mean(1) != first);
}

TEST_CASE("with a seed the gradient of a net with dropout is that of the loss that backpropagate returns") {
  auto net = laws::made<net_t>(1);
  net_t grad{}, other{};
  const auto x = laws::noise_array<double, 40>(1);
  const std::array y{0.5};
  backpropagate(net, x, y, mean_squared_error{}, grad, {.seed = 3});
  auto theta = get_parameters(net);
  for (std::size_t k = 0; k < net_t::parameter_count; k += 7) {
    const double h = 1e-6, before = theta[k];
    const auto at = [&](double value) {
      theta[k] = value;
      set_parameters(net, theta);
      return backpropagate(net, x, y, mean_squared_error{}, other, {.seed = 3});
    };
    const double wanted = (at(before + h) - at(before - h)) / (2 * h);
    at(before);
    CHECK(get_parameters(grad)[k] == Approx(wanted).margin(1e-8));
  }
}

TEST_CASE("fit trains a net with dropout") {
  auto net = laws::made<net_t>(1);
  std::vector<net_t::input_type> xs;
  std::vector<net_t::output_type> ys;
  for (std::size_t s = 0; s < 40; ++s) {
    xs.push_back(laws::noise_array<double, 40>(s));
    ys.push_back({xs.back()[0]});
  }
  adam<net_t> optimizer{{.learning_rate = 0.01}};
  const double before = evaluate(net, mean_squared_error{}, xs, ys);
  fit(net, optimizer, mean_squared_error{}, xs, ys, {.epochs = 30, .batch_size = 8});
  CHECK(evaluate(net, mean_squared_error{}, xs, ys) < before / 2);
}
