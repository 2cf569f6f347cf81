// An optimizer whose moments are the caller's takes the same steps as one that has its own.
#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <array>

namespace {

using net_t = inlay::network<inlay::input<3>, inlay::dense<5, inlay::tanh>, inlay::dense<2>>;

void same_steps(auto own, auto callers) {
  net_t net{}, grad{};
  inlay::initialize(net, 3);
  net_t other = net;
  const std::array<net_t::input_type, 3> xs{{{1, -1, 0.5f}, {0, 2, 1}, {-1, 0.25f, 0}}};
  const std::array<net_t::output_type, 3> ys{{{1, 0}, {0, 1}, {0.5f, 0.5f}}};
  for (int step = 0; step < 3; ++step) {
    grad = {};
    inlay::backpropagate(net, xs, ys, inlay::mean_squared_error{}, grad);
    own.step(net, grad);
    callers.step(other, grad);
    CHECK(net == other);
    inlay::train_step(net, own, inlay::mean_squared_error{}, xs[0], ys[0]);
    inlay::train_step(other, callers, inlay::mean_squared_error{}, xs[0], ys[0]);
    CHECK(net == other);
  }
  inlay::fit(net, own, inlay::mean_squared_error{}, xs, ys, {.epochs = 2, .batch_size = 2, .seed = 1});
  inlay::fit(other, callers, inlay::mean_squared_error{}, xs, ys, {.epochs = 2, .batch_size = 2, .seed = 1});
  CHECK(net == other);
}

TEST_CASE("an optimizer of a reference keeps its moments in the caller's nets") {
  net_t first{}, second{}, third{};
  SECTION("adam") {
    same_steps(inlay::adam<net_t>{{.learning_rate = 0.01f}},
               inlay::adam<net_t&>{{.learning_rate = 0.01f}, first, second});
    CHECK_FALSE(first == net_t{});
    CHECK_FALSE(second == net_t{});
  }
  SECTION("adamw") { same_steps(inlay::adamw<net_t>{}, inlay::adamw<net_t&>{{}, first, second}); }
  SECTION("rmsprop") {
    const inlay::rmsprop_options<float> options{.momentum = 0.5f, .centered = true};
    same_steps(inlay::rmsprop<net_t>{options}, inlay::rmsprop<net_t&>{options, first, second, third});
  }
  SECTION("sgd") {
    const inlay::sgd_options<float> options{.learning_rate = 0.1f, .momentum = 0.5f, .nesterov = true};
    same_steps(inlay::sgd<net_t>{options}, inlay::sgd<net_t&>{options, first});
    CHECK_FALSE(first == net_t{});
  }
}

TEST_CASE("it is as large as its options, and a constant") {
  static net_t mean, mean_square;
  static constinit inlay::adam<net_t&> optimizer{{.learning_rate = 0.01f}, mean, mean_square};
  CHECK(sizeof optimizer <= 64);
  CHECK(sizeof(inlay::adam<net_t>) > 2 * sizeof(net_t));
}

} // namespace
