#include "last_words.hpp"

#include "catch.hpp"
#include "laws/sanitized.hpp"

#include <inlay/inlay.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace {

template <class T, class Activation = inlay::identity>
using net_of = inlay::basic_network<T, inlay::input<7>, inlay::dense<33, inlay::tanh>, inlay::dense<5, Activation>>;

template <class Net>
Net initialized() {
  Net net{};
  inlay::initialize(net, 1);
  return net;
}

template <class Array>
std::vector<Array> samples(std::size_t count) {
  std::vector<Array> all(count);
  typename Array::value_type value = 0;
  for (Array& one : all)
    for (auto& x : one) x = std::abs(std::remainder(value += typename Array::value_type(0.37), typename Array::value_type(1)));
  return all;
}

/// The loss that backpropagate returns: of a sample, and of batches that go through the net at once or in parts.
template <class Net, class Loss, class Target>
void agrees(const Loss& loss, const std::vector<Target>& targets) {
  using T = typename Net::scalar;
  const Net net = initialized<Net>();
  const auto xs = samples<typename Net::input_type>(targets.size());
  const double rounding = 100 * static_cast<double>(std::numeric_limits<T>::epsilon());
  Net grad{};
  CHECK(inlay::evaluate(net, loss, xs[0], targets[0]) ==
        Approx(inlay::backpropagate(net, xs[0], targets[0], loss, grad)).epsilon(rounding));
  for (const std::size_t count : {1u, 2u, 31u, 32u, 33u, 70u}) {
    const std::span some(xs.data(), count);
    const std::span their(targets.data(), count);
    CHECK(inlay::evaluate(net, loss, some, their) ==
          Approx(inlay::backpropagate(net, some, their, loss, grad)).epsilon(rounding));
  }
}

} // namespace

TEMPLATE_TEST_CASE("evaluate gives the loss that backpropagate gives", "", float, double) {
  using T = TestType;
  using net_t = net_of<T>;
  const auto numbers = samples<typename net_t::output_type>(70);
  std::vector<std::size_t> classes(70);
  for (std::size_t s = 0; s < 70; ++s) classes[s] = s * s % 5;
  agrees<net_t>(inlay::mean_squared_error{}, numbers);
  agrees<net_t>(inlay::mean_absolute_error{}, numbers);
  agrees<net_t>(inlay::huber{.25f}, numbers);
  agrees<net_t>(inlay::binary_cross_entropy{}, numbers);
  agrees<net_t>(inlay::cross_entropy{}, numbers);
  agrees<net_t>(inlay::cross_entropy{}, classes);
  agrees<net_t>(inlay::weighted_cross_entropy<5>{{1, 2, 3, 0.5, 0.25}}, classes);
  agrees<net_of<T, inlay::log_softmax>>(inlay::cross_entropy{}, classes);
  agrees<net_of<T, inlay::softmax>>(inlay::negative_log_likelihood{}, classes);
  agrees<net_of<T, inlay::sigmoid>>(inlay::negative_log_likelihood{}, numbers);
}

TEST_CASE("evaluate of nothing is 0, and of too few targets ends with a line") {
  using net_t = net_of<float>;
  const net_t net{};
  const std::vector<net_t::input_type> xs(3);
  const std::vector<net_t::output_type> targets(2);
  CHECK(inlay::evaluate(net, inlay::huber{}, std::span<const net_t::input_type>{}, std::vector<net_t::output_type>{}) == 0);
  CHECK(last_words([&] { inlay::evaluate(net, inlay::huber{}, xs, targets); }) ==
        "inlay: evaluate: wanted as many targets as samples, 3; found 2\n");
}

namespace {

consteval float by_the_compiler() {
  using net_t = inlay::network<inlay::input<1>, inlay::dense<1>>;
  net_t net{};
  net.layer<1>().weight(0, 0) = 2;
  const std::array<net_t::input_type, 2> xs{{{1}, {2}}};
  const std::array<net_t::output_type, 2> targets{{{1}, {1}}};
  return inlay::evaluate(net, inlay::mean_squared_error{}, xs, targets) +
         inlay::evaluate(net, inlay::mean_squared_error{}, xs[0], targets[0]);
}
static_assert(by_the_compiler() == 5 + 1);

} // namespace

TEST_CASE("the mean of millions of losses is exact to a rounding", "[evaluate]") {
  using one = inlay::network<inlay::input<1>, inlay::dense<1>>;
  const std::vector<one::input_type> xs(laws::sanitized ? 100'000 : 3'000'000, {0.1f});
  const std::vector<one::output_type> targets(xs.size(), {0});
  one net{}, grad{};
  net.layer<1>().weight(0, 0) = 1;
  CHECK(inlay::evaluate(net, inlay::mean_squared_error{}, xs, targets) == Approx(0.01).epsilon(1e-6));
  CHECK(inlay::backpropagate(net, xs, targets, inlay::mean_squared_error{}, grad) == Approx(0.01).epsilon(1e-6));
}
