#include "laws/all.hpp"

#include <inlay/inlay.hpp>

#include <vector>

using namespace inlay;

namespace {

using flat = basic_network<double, input<5>, dense<19, inlay::tanh>, batch_norm<>, dense<2>>;
using image = basic_network<double, input<3, 4, 5>, conv2d<6, 2, 2, inlay::tanh>, batch_norm<>, dense<3>>;
using last = basic_network<float, input<2, 7>, batch_norm<>>;

template <class Net>
struct batch {
  std::vector<typename Net::input_type> xs;
  std::vector<typename Net::output_type> ys;
  explicit batch(std::size_t count) {
    for (std::size_t s = 0; s < count; ++s) {
      xs.push_back(laws::noise_array<typename Net::scalar, Net::inputs>(2 * s + 1));
      ys.push_back(laws::noise_array<typename Net::scalar, Net::outputs>(2 * s + 2));
    }
  }
};

/// The largest difference of a batch's gradient from central differences of the loss that backpropagate returns.
template <class Net>
double error_of_gradient(std::size_t count) {
  const batch<Net> of(count);
  const mean_squared_error loss;
  auto net = laws::made<Net>(1);
  Net grad{}, other{};
  backpropagate(net, of.xs, of.ys, loss, grad);
  auto theta = get_parameters(net);
  double worst = 0;
  for (std::size_t k = 0; k < Net::parameter_count; ++k) {
    const double h = 1e-5, before = theta[k];
    const auto at = [&](double value) {
      theta[k] = value;
      set_parameters(net, theta);
      return backpropagate(net, of.xs, of.ys, loss, other);
    };
    const double wanted = (at(before + h) - at(before - h)) / (2 * h);
    at(before);
    worst = (std::max)(worst, std::abs(wanted - get_parameters(grad)[k]));
  }
  return worst;
}

} // namespace

TEST_CASE("a batch_norm's gradient is that of the loss of a batch with its own statistics") {
  CHECK(error_of_gradient<flat>(7) < 1e-7);
  CHECK(error_of_gradient<image>(3) < 1e-7);
  if constexpr (!laws::only_float) CHECK(error_of_gradient<image>(33) < 1e-7); // 17 and 16
}

TEST_CASE("batch_norm is torch.nn.BatchNorm1d") {
  // m = torch.nn.BatchNorm1d(1, dtype=torch.double); m(torch.tensor([[1.], [2.], [6.]], dtype=torch.double))
  using net_t = basic_network<double, input<1>, batch_norm<>>;
  net_t net{}, grad{};
  initialize(net, 1);
  CHECK(get_statistics(net) == std::array{0., 1.});
  const std::vector<net_t::input_type> xs{{1}, {2}, {6}}, zero(3);
  // y = (x - 3) / sqrt(14/3 + 1e-5), of which the mean of |y| is 2 over it
  CHECK(backpropagate(net, xs, zero, mean_absolute_error{}, grad) == Approx(2 / std::sqrt(14. / 3 + 1e-5)).epsilon(1e-12));
  sgd<net_t> optimizer{{.learning_rate = 0}};
  optimizer.step(net, grad);
  CHECK(get_statistics(net)[0] == Approx(0.3).epsilon(1e-12)); // 0.9 * 0 + 0.1 * 3
  CHECK(get_statistics(net)[1] == Approx(0.9 + 0.1 * 7).epsilon(1e-12)); // of the unbiased variance
  CHECK(net({3.3})[0] == Approx(3.0 / std::sqrt(1.6 + 1e-5)).epsilon(1e-12));
}

TEMPLATE_TEST_CASE("outside of training a batch_norm is one fixed function, batches and derivatives included", "", flat, image, last) {
  using T = typename TestType::scalar;
  auto net = laws::made<TestType>(1);
  auto statistics = get_statistics(net);
  for (std::size_t k = 0; k < statistics.size(); ++k) statistics[k] = T(0.5) + T(k % 3) * T(0.25);
  set_statistics(net, statistics);
  const batch<TestType> of(5);
  auto ys = of.ys;
  net(of.xs, ys);
  for (std::size_t s = 0; s < 5; ++s)
    for (std::size_t i = 0; i < TestType::outputs; ++i) CHECK(ys[s][i] == Approx(net(of.xs[s])[i]).margin(1e-6));
  const mean_squared_error loss;
  auto x = of.xs[0];
  const auto gradient = input_gradient(net, x, of.ys[0], loss);
  const T h = std::same_as<T, double> ? T(1e-6) : T(1e-2);
  for (std::size_t i = 0; i < TestType::inputs; ++i) {
    const T before = x[i];
    x[i] = before + h;
    const T above = evaluate(net, loss, x, of.ys[0]);
    x[i] = before - h;
    const T below = evaluate(net, loss, x, of.ys[0]);
    x[i] = before;
    CHECK(gradient[i] == Approx((above - below) / (2 * h)).margin(std::same_as<T, double> ? 1e-8 : 1e-3));
  }
}

TEST_CASE("a step of a batch moves the running statistics, in one with the sweep and after a gradient, frozen layers do not") {
  const batch<image> of(9);
  const mean_squared_error loss;
  auto fused = laws::made<image>(1), apart = fused, frozen = fused;
  image grad{};
  adam<image> one{}, other{}, third{};
  train_step(fused, one, loss, of.xs, of.ys, grad);
  grad = {};
  backpropagate(apart, of.xs, of.ys, loss, grad);
  other.step(apart, grad);
  CHECK(get_statistics(fused) != get_statistics(frozen));
  for (std::size_t k = 0; k < image::statistic_count; ++k) CHECK(get_statistics(fused)[k] == Approx(get_statistics(apart)[k]));
  const auto before = get_statistics(frozen);
  train_step(frozen, third, loss, of.xs, of.ys, grad, {.freeze = {2}});
  CHECK(get_statistics(frozen) == before);
}

namespace {

using toy = basic_network<double, input<1>, dense<2>, batch_norm<>, dense<1>>;

/// A toy after a step on three samples.
constexpr toy trained_toy() {
  const std::array<toy::input_type, 3> xs{{{0.5}, {-1}, {2}}};
  const std::array<toy::output_type, 3> ys{{{1}, {0}, {-1}}};
  toy net = laws::made<toy>(1), grad{};
  sgd<toy> optimizer{{.learning_rate = 0.125}};
  train_step(net, optimizer, mean_squared_error{}, std::span(xs), std::span(ys), grad);
  return net;
}

} // namespace

TEST_CASE("statistics move in constant evaluation as at run time") {
  if constexpr (!kernel::simd::instruction::checked) { // no sanitizer sees what the compiler computes
    static constexpr toy constant = trained_toy();
    const toy here = trained_toy();
    CHECK(laws::compare_values("statistic", get_statistics(here), get_statistics(constant), 1e-14) == "");
    CHECK(laws::compare_values("parameter", get_parameters(here), get_parameters(constant), 1e-14) == "");
    CHECK(get_statistics(constant) != get_statistics(laws::made<toy>(1)));
  }
}
