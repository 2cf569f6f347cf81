#include "last_words.hpp"

#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <algorithm>
#include <vector>

namespace {

using net_t = inlay::network<inlay::input<1>, inlay::dense<1>>;
using inputs_t = std::vector<net_t::input_type>;

/// Ten samples, told apart by their targets: for the net of zeros the derivative by the bias is -2 times the
/// target.
const inputs_t xs(10);
const std::vector<net_t::output_type> targets{{1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}};

/// An optimizer that lets the net be, and writes down the mean target of each batch.
struct observer {
  std::vector<float> seen{};

  void step(net_t&, const net_t& grad) { seen.push_back(-grad.layer<1>().bias(0) / 2); }
};

std::vector<float> seen(const inlay::fit_options& options) {
  net_t net{};
  observer optimizer{};
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, options);
  return optimizer.seen;
}

} // namespace

TEST_CASE("fit's defaults are one epoch in batches of 32", "[fit]") {
  CHECK(inlay::fit_options{}.epochs == 1);
  CHECK(inlay::fit_options{}.batch_size == 32);
  net_t net{};
  inlay::sgd<net_t> optimizer{};
  CHECK(inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets).size() == 1);
  CHECK(seen({}) == std::vector{5.5f});
}

TEST_CASE("fit shows each sample once an epoch, in an order that is new each time and follows from the seed",
          "[fit]") {
  const auto order = seen({.epochs = 2, .batch_size = 1, .seed = 1});
  REQUIRE(order.size() == 20);
  std::vector<float> first(order.begin(), order.begin() + 10), second(order.begin() + 10, order.end());
  CHECK(first != second);
  CHECK(order == seen({.epochs = 2, .batch_size = 1, .seed = 1}));
  CHECK(order != seen({.epochs = 2, .batch_size = 1, .seed = 2}));
  for (auto* epoch : {&first, &second}) {
    CHECK(!std::ranges::is_sorted(*epoch));
    std::ranges::sort(*epoch);
    CHECK(*epoch == std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  }
}

TEST_CASE("fit's last batch may be smaller, and counts for as much as it holds", "[fit]") {
  const auto means = seen({.batch_size = 4, .seed = 3});
  REQUIRE(means.size() == 3);
  CHECK(4 * means[0] + 4 * means[1] + 2 * means[2] == Approx(55));

  for (const std::size_t batch_size : {1u, 3u, 4u, 9u, 10u, 11u, 1000u}) {
    net_t net{};
    observer optimizer{};
    const auto history = inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets,
                                    {.epochs = 2, .batch_size = batch_size, .seed = 3});
    REQUIRE(history.size() == 2);
    for (const float loss : history)
      CHECK(loss == Approx(38.5)); // the mean of 1² to 10²
  }
}

TEST_CASE("fit calls on_epoch after each epoch with what the history will hold", "[fit]") {
  std::vector<std::size_t> epochs;
  std::vector<float> losses;
  net_t net{};
  inlay::sgd<net_t> optimizer{{.learning_rate = 0.01f}};
  const auto history =
      inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets,
                 {.epochs = 4, .batch_size = 3, .on_epoch = [&](std::size_t epoch, double loss) {
                    epochs.push_back(epoch);
                    losses.push_back(static_cast<float>(loss));
                  }});
  CHECK(epochs == std::vector<std::size_t>{0, 1, 2, 3});
  CHECK(losses == history);
  CHECK(std::ranges::is_sorted(history, std::greater{}));
}

TEST_CASE("fit of nothing, or for no epochs, changes nothing", "[fit]") {
  net_t net{};
  inlay::initialize(net, 1);
  const net_t start = net;
  inlay::sgd<net_t> optimizer{};
  CHECK(inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, {.epochs = 0}).empty());
  CHECK(inlay::fit(net, optimizer, inlay::mean_squared_error{}, inputs_t{}, std::vector<net_t::output_type>{},
                   {.epochs = 2}) == std::vector<float>{0, 0});
  CHECK(net == start);
}

TEST_CASE("fit learns classes, given as indices", "[fit]") {
  using net_t = inlay::basic_network<double, inlay::input<2>, inlay::dense<8, inlay::relu>, inlay::dense<4>>;
  const std::vector<net_t::input_type> corners{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
  const std::array<std::uint8_t, 4> classes{2, 0, 3, 1};
  net_t net{};
  inlay::initialize(net, 1);
  inlay::adam<net_t> optimizer{{.learning_rate = 0.05}};
  const auto history = inlay::fit(net, optimizer, inlay::cross_entropy{}, corners, classes,
                                  {.epochs = 100, .batch_size = 3, .seed = 1});
  CHECK(history.back() < 0.05);
  for (std::size_t s = 0; s < 4; ++s) {
    const auto y = net(corners[s]);
    CHECK(std::ranges::max_element(y) - y.begin() == classes[s]);
  }
}

TEST_CASE("fit ends with a line that says what is wrong with its arguments", "[fit]") {
  net_t net{};
  inlay::sgd<net_t> optimizer{};
  const auto words = [&](const inputs_t& inputs, std::size_t batch_size) {
    return last_words([&] {
      inlay::fit(net, optimizer, inlay::mean_squared_error{}, inputs, targets, {.batch_size = batch_size});
    });
  };
  CHECK(words(inputs_t(9), 32) == "inlay: fit: wanted as many targets as samples, 9; found 10\n");
  CHECK(words(xs, 0) == "inlay: fit: wanted a batch_size of at least 1; found 0\n");
}
