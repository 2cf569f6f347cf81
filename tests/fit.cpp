#include "last_words.hpp"

#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
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

TEST_CASE("fit's history is a vector of the losses to whoever wants one", "[fit]") {
  net_t net{};
  inlay::sgd<net_t> optimizer{{.learning_rate = 0.01f}};
  const auto history = inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, {.epochs = 3});
  const std::vector<float> vector = history;
  std::vector<float> assigned;
  assigned = history;
  CHECK(vector == history);
  CHECK(assigned == vector);
  CHECK(history == history);
  CHECK(history[1] == vector[1]);
  CHECK(history.front() == vector.front());
  CHECK(history.back() == vector.back());
  std::size_t epochs = 0;
  for (const float loss : history)
    CHECK(loss == vector[epochs++]);
  CHECK(epochs == history.size());
  CHECK(std::span<const float>(history).size() == 3);
  CHECK(history.validation.empty());
}

TEST_CASE("fit measures the loss on validation data after each epoch", "[fit]") {
  const inputs_t vx(3);
  const std::vector<net_t::output_type> vy{{20}, {21}, {22}};
  net_t net{};
  inlay::sgd<net_t> optimizer{{.learning_rate = 0.01f}};
  std::vector<float> wanted, seen;
  const auto history = inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, vx, vy,
                                  {.epochs = 4, .on_epoch = [&](std::size_t epoch, double loss, double validation_loss) {
                                     CHECK(epoch == wanted.size());
                                     CHECK(loss < validation_loss);
                                     wanted.push_back(inlay::evaluate(net, inlay::mean_squared_error{}, vx, vy));
                                     seen.push_back(static_cast<float>(validation_loss));
                                   }});
  CHECK(history.size() == 4);
  CHECK(seen == wanted);
  CHECK(std::vector<float>(history.validation.begin(), history.validation.end()) == wanted);
  CHECK(history.best == 3);

  net_t alone{}; // to learn, they are nothing
  inlay::sgd<net_t> other{{.learning_rate = 0.01f}};
  CHECK(inlay::fit(alone, other, inlay::mean_squared_error{}, xs, targets, {.epochs = 4}) == std::vector<float>(history));
  CHECK(alone == net);
}

TEST_CASE("fit keeps the best net where that is asked for", "[fit]") {
  // On its way from 0 to 5.5 the output comes by 3.
  const inputs_t vx(1);
  const std::vector<net_t::output_type> vy{{3}};
  const auto trained = [&](bool keep_best) {
    net_t net{};
    inlay::sgd<net_t> optimizer{{.learning_rate = 0.05f}};
    std::vector<net_t> nets;
    const auto history =
        inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, vx, vy,
                   {.epochs = 20, .keep_best = keep_best, .on_epoch = [&](std::size_t, double) { nets.push_back(net); }});
    const auto least = std::ranges::min_element(history.validation) - history.validation.begin();
    CHECK(least > 2);
    CHECK(least < 15);
    CHECK(history.best == static_cast<std::size_t>(least));
    CHECK(net == nets[keep_best ? history.best : 19]);
  };
  trained(true);
  trained(false);

  // Of validation losses that are no numbers none is the best.
  net_t net{};
  inlay::sgd<net_t> optimizer{};
  net_t last{};
  const std::vector<net_t::output_type> nothing{{std::numeric_limits<float>::quiet_NaN()}};
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, vx, nothing,
             {.epochs = 2, .keep_best = true, .on_epoch = [&](std::size_t, double) { last = net; }});
  CHECK(net == last);
  CHECK(net != net_t{});
}

TEST_CASE("fit's callback may end training", "[fit]") {
  net_t net{};
  inlay::sgd<net_t> optimizer{{.learning_rate = 0.01f}};
  const auto fit = [&](inlay::epoch_callback callback) {
    return inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, {.epochs = 9, .on_epoch = callback}).size();
  };
  CHECK(fit([](std::size_t epoch, double) { return inlay::stop_training{epoch == 3}; }) == 4);
  CHECK(fit([](std::size_t, double) { return inlay::stop_training{}; }) == 1);
  CHECK(fit([](std::size_t, double loss, double validation_loss) {
          CHECK(std::isnan(validation_loss)); // without validation data
          return inlay::stop_training{loss < 0};
        }) == 9);
  CHECK(fit(nullptr) == 9);
  CHECK(fit(std::function<void(std::size_t, double)>{}) == 9);
  CHECK(fit(+[](std::size_t, double) { return inlay::stop_training{true}; }) == 1);
  std::size_t calls = 0;
  CHECK(fit([calls]() mutable { return [&calls](auto...) { ++calls; }; }()) == 9); // whatever the arguments
  const inlay::fit_options kept{.epochs = 2, .on_epoch = [&calls](std::size_t, double) { ++calls; }};
  calls = 0;
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, kept);
  CHECK(calls == 2);
}

TEST_CASE("options whose callback cannot be copied are what they were", "[fit]") {
  struct callback {
    callback() = default;
    callback(callback&&) noexcept {}
    callback(const callback&) { throw 1; }
    void operator()(std::size_t, double) const {}
  };
  inlay::fit_options from{}, to{.epochs = 3};
  from.on_epoch = callback{};
  CHECK_THROWS_AS(to.on_epoch = from.on_epoch, int);
  CHECK_THROWS_AS(to = from, int);
  CHECK_FALSE(to.on_epoch({0, 0, 0}));
}

TEST_CASE("a number as fit's learning rate is that of each step", "[fit]") {
  const auto trained = [](float own, const inlay::fit_options& options) {
    net_t net{};
    inlay::sgd<net_t> optimizer{{.learning_rate = own}};
    inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, options);
    return net;
  };
  CHECK(trained(0.5f, {.epochs = 3, .learning_rate = 0.01f}) == trained(0.01f, {.epochs = 3}));
  CHECK(trained(0.5f, {.epochs = 3, .learning_rate = 0}) == net_t{});
}

TEST_CASE("fit's learning rate is a function of the step, counted over all epochs", "[fit]") {
  net_t net{};
  inlay::sgd<net_t> optimizer{};
  const float own = optimizer.options.learning_rate;
  std::vector<std::size_t> steps;
  const auto history = inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets,
                                  {.epochs = 2, .batch_size = 4, .learning_rate = [&](std::size_t step) {
                                     steps.push_back(step);
                                     return step < 3 ? 0 : 0.01; // a rate of 0 learns nothing
                                   }});
  CHECK(steps == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
  CHECK(history[0] == Approx(38.5));
  CHECK(net != net_t{});
  CHECK(optimizer.options.learning_rate == own);
}

TEST_CASE("fit refuses a net of several layers of zeros", "[fit]") {
  using deep_t = inlay::network<inlay::input<1>, inlay::dense<4, inlay::tanh>, inlay::activation<inlay::relu>, inlay::dense<1>>;
  inlay::sgd<deep_t> optimizer{};
  const auto words = [&](deep_t net, bool allowed = false) {
    return last_words([&] {
      inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, {.allow_zero_weights = allowed});
    });
  };
  deep_t net{};
  net.layer<1>().bias(0) = 1; // biases alone train nothing
  CHECK(words(net) == "inlay: fit: wanted weights that are not all zero, of initialize(net, seed) for example, or "
                      ".allow_zero_weights = true; found several layers of zeros, which would learn nothing\n");
  CHECK(words(net, true) == "not aborted: ");
  net.layer<3>().weight(0, 2) = 1e-30f;
  CHECK(words(net) == "not aborted: ");
  inlay::network<inlay::input<1>, inlay::dense<1>, inlay::activation<inlay::tanh>> single{};
  inlay::sgd<decltype(single)> other{};
  inlay::fit(single, other, inlay::mean_squared_error{}, xs, targets); // logistic regression begins with zeros
  CHECK(single != decltype(single){});
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
  const auto with = [&](const inlay::fit_options& options) {
    return last_words([&] { inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, options); });
  };
  CHECK(with({.keep_best = true}) == "inlay: fit: wanted validation data, vx and vy, for keep_best; found none\n");
  CHECK(with({.freeze = {1, 2}}) == "inlay: fit: wanted layers to freeze from 1 to 1; found 2\n");
  CHECK(with({.learning_rate = [](std::size_t) { return -1; }}) ==
        "inlay: fit: wanted a learning rate of at least 0; found a number below or none\n");
  CHECK(with({.learning_rate = -1}) == "inlay: fit: wanted a learning rate of at least 0; found a number below or none\n");
  CHECK(with({.learning_rate = inlay::step_schedule{.learning_rate = 1, .step_size = 0}}) ==
        "inlay: step_schedule: wanted a step_size of at least 1; found 0\n");
  CHECK(with({.learning_rate = inlay::cosine_schedule{.learning_rate = 1, .t_max = 0}}) ==
        "inlay: cosine_schedule: wanted a t_max of at least 1; found 0\n");
  CHECK(last_words([&] {
          inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, inputs_t(2), std::vector<net_t::output_type>(3));
        }) == "inlay: fit: wanted as many validation targets as samples, 2; found 3\n");
  CHECK(last_words([&] {
          inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, inputs_t(), std::vector<net_t::output_type>());
        }) == "inlay: fit: wanted validation samples, at least 1; found 0\n");
}

TEST_CASE("fit ends with a line for an optimizer's options that torch.optim refuses", "[fit]") {
  net_t net{};
  const auto words = [&](auto optimizer) {
    return last_words([&] { inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets); });
  };
  using adam_t = inlay::adam<net_t>;
  CHECK(words(adam_t{{.learning_rate = -1}}) == "inlay: fit: wanted a learning_rate of at least 0; found -1\n");
  CHECK(words(adam_t{{.beta1 = 1}}) == "inlay: fit: wanted a beta1 from 0 to below 1; found 1\n");
  CHECK(words(adam_t{{.beta2 = 1.5f}}) == "inlay: fit: wanted a beta2 from 0 to below 1; found 1.5\n");
  CHECK(words(inlay::adamw<net_t>{{.beta1 = -1}}) == "inlay: fit: wanted a beta1 from 0 to below 1; found -1\n");
  CHECK(words(inlay::adamw<net_t>{{.epsilon = -1}}) == "inlay: fit: wanted an epsilon of at least 0; found -1\n");
  CHECK(words(inlay::rmsprop<net_t>{{.alpha = -1}}) == "inlay: fit: wanted an alpha of at least 0; found -1\n");
  using sgd_t = inlay::sgd<net_t>;
  CHECK(words(sgd_t{{.learning_rate = std::numeric_limits<float>::quiet_NaN()}}) ==
        "inlay: fit: wanted a learning_rate of at least 0; found nan\n");
  CHECK(words(sgd_t{{.momentum = -1}}) == "inlay: fit: wanted a momentum of at least 0; found -1\n");
  CHECK(words(sgd_t{{.weight_decay = -1}}) == "inlay: fit: wanted a weight_decay of at least 0; found -1\n");
  CHECK(words(sgd_t{{.nesterov = true}}) == "inlay: fit: wanted with nesterov a momentum above 0; found 0\n");
  CHECK(words(sgd_t{{.momentum = 0.5f, .dampening = 0.5f, .nesterov = true}}) ==
        "inlay: fit: wanted with nesterov a dampening of 0; found 0.5\n");
  CHECK(words(observer{}) == "not aborted: ");
  CHECK(words(sgd_t{{.learning_rate = 0}}) == "not aborted: ");
}
