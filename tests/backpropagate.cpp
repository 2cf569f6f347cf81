#include "last_words.hpp"

#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <vector>

namespace {

template <class T>
using net_of = inlay::basic_network<T, inlay::input<3>, inlay::dense<5, inlay::tanh>, inlay::dense<4>>;

template <class Net>
Net initialized() {
  Net net{};
  inlay::initialize(net, 1);
  return net;
}

/// n samples that all differ, of numbers between -1 and 1.
template <class Array>
std::vector<Array> samples(std::size_t n) {
  inlay::detail::random numbers{n};
  std::vector<Array> all(n);
  for (Array& sample : all)
    for (auto& x : sample)
      x = static_cast<typename Array::value_type>(numbers.symmetric());
  return all;
}

template <class Net>
void check_near(const Net& found, const Net& expected) {
  const auto a = inlay::get_parameters(found), b = inlay::get_parameters(expected);
  for (std::size_t k = 0; k < a.size(); ++k)
    CHECK(a[k] == Approx(b[k]).epsilon(1e-4).margin(1e-6));
}

} // namespace

TEMPLATE_TEST_CASE("the gradient is added to what is there", "[backpropagate]", float, double) {
  using net_t = net_of<TestType>;
  const net_t net = initialized<net_t>();
  const typename net_t::input_type x{1, -1, TestType(0.5)};
  net_t once{}, twice{};
  inlay::backpropagate(net, x, 2, inlay::cross_entropy{}, once);
  for (int i = 0; i < 2; ++i)
    inlay::backpropagate(net, x, 2, inlay::cross_entropy{}, twice);
  for (auto& g : once.theta())
    g *= 2;
  check_near(twice, once);
}

TEMPLATE_TEST_CASE("a batch gives the mean of its samples, over any number of chunks", "[backpropagate]",
                   float, double) {
  using T = TestType;
  using net_t = net_of<T>;
  const net_t net = initialized<net_t>();
  for (const std::size_t n : {1u, 2u, 31u, 32u, 33u, 64u, 100u}) {
    INFO(n << " samples");
    const auto xs = samples<typename net_t::input_type>(n);
    const auto targets = samples<typename net_t::output_type>(n);
    net_t batch{}, mean{};
    const T loss = inlay::backpropagate(net, xs, targets, inlay::huber{}, batch);
    T sum = 0;
    for (std::size_t s = 0; s < n; ++s)
      sum += inlay::backpropagate(net, xs[s], targets[s], inlay::huber{}, mean);
    for (auto& g : mean.theta())
      g /= static_cast<T>(n);
    CHECK(loss == Approx(sum / static_cast<T>(n)));
    check_near(batch, mean);
  }
}

TEST_CASE("a batch of nothing has no loss and no gradient", "[backpropagate]") {
  using net_t = net_of<float>;
  net_t grad{};
  const std::vector<net_t::input_type> none;
  CHECK(inlay::backpropagate(initialized<net_t>(), none, std::vector<std::size_t>{}, inlay::cross_entropy{},
                             grad) == 0);
  CHECK(grad == net_t{});
}

TEST_CASE("the targets of a batch are any contiguous range", "[backpropagate]") {
  using net_t = net_of<float>;
  const net_t net = initialized<net_t>();
  const auto xs = samples<net_t::input_type>(3);
  const std::uint8_t bytes[] = {2, 0, 3};
  const std::vector<std::size_t> indices(bytes, bytes + 3);
  net_t from_bytes{}, from_indices{}, from_span{};
  const float loss = inlay::backpropagate(net, xs, indices, inlay::cross_entropy{}, from_indices);
  CHECK(inlay::backpropagate(net, xs, bytes, inlay::cross_entropy{}, from_bytes) == loss);
  CHECK(inlay::backpropagate(net, xs, std::span{indices}, inlay::cross_entropy{}, from_span) == loss);
  CHECK(from_bytes == from_indices);
  CHECK(from_span == from_indices);
}

TEST_CASE("a batch with a target too few ends with a line that says so", "[backpropagate]") {
  using net_t = net_of<float>;
  net_t net{}, grad{};
  const auto xs = samples<net_t::input_type>(3);
  CHECK(last_words([&] {
          inlay::backpropagate(net, xs, std::vector<std::size_t>(2), inlay::cross_entropy{}, grad);
        }) == "inlay: backpropagate: wanted as many targets as samples, 3; found 2\n");
}
