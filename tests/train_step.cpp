#include "last_words.hpp"

#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using net_t = inlay::network<inlay::input<3>, inlay::dense<17, inlay::tanh>, inlay::residual<inlay::dense<17, inlay::relu>>,
                             inlay::dense<2>>;

net_t initialized() {
  net_t net{};
  inlay::initialize(net, 1);
  return net;
}

const std::vector<net_t::input_type> xs(40, {0.5f, -1, 2});
const std::vector<net_t::output_type> targets(40, {1, -1});

/// The parameters of layer l, those within a residual too.
template <std::size_t l>
std::vector<float> layer_of(const net_t& net) {
  using at = net_t::topology::place<l>;
  const auto own = net.theta().subspan<at::offset, at::layer::storage>();
  return {own.begin(), own.end()};
}

/// Two steps with layers 1 and 2 frozen, after one with all of them.
template <class Optimizer>
void frozen(Optimizer optimizer, auto... moments) {
  net_t net = initialized(), grad{};
  inlay::train_step(net, optimizer, inlay::huber{}, xs, targets, grad);
  const net_t before = net;
  const Optimizer optimizer_before = optimizer;
  inlay::train_step(net, optimizer, inlay::huber{}, xs, targets, grad, {.freeze = {1, 2}});
  inlay::train_step(net, optimizer, inlay::huber{}, xs[0], targets[0], {.freeze = {2, 1}});
  CHECK(layer_of<1>(net) == layer_of<1>(before));
  CHECK(layer_of<2>(net) == layer_of<2>(before));
  CHECK(layer_of<3>(net) != layer_of<3>(before));
  [[maybe_unused]] const auto check = [&](auto moment) {
    CHECK(layer_of<1>(optimizer.*moment) == layer_of<1>(optimizer_before.*moment));
    CHECK(layer_of<2>(optimizer.*moment) == layer_of<2>(optimizer_before.*moment));
    CHECK(layer_of<3>(optimizer.*moment) != layer_of<3>(optimizer_before.*moment));
  };
  (check(moments), ...);
}

} // namespace

TEST_CASE("frozen layers and their moments stay as they are, weight decay or not", "[train_step]") {
  using inlay::sgd, inlay::adam, inlay::adamw, inlay::rmsprop;
  frozen(sgd<net_t>{{.weight_decay = 0.1f}});
  frozen(sgd<net_t>{{.momentum = 0.9f, .weight_decay = 0.1f}}, &sgd<net_t>::momentum);
  frozen(adam<net_t>{{.weight_decay = 0.1f}}, &adam<net_t>::mean, &adam<net_t>::mean_square);
  frozen(adamw<net_t>{{.weight_decay = 0.1f}}, &adamw<net_t>::mean, &adamw<net_t>::mean_square);
  frozen(rmsprop<net_t>{{.weight_decay = 0.1f, .momentum = 0.9f, .centered = true}}, &rmsprop<net_t>::mean,
         &rmsprop<net_t>::mean_square, &rmsprop<net_t>::momentum);
}

TEST_CASE("a layer that was frozen after a gradient whose square no number holds goes on where it was", "[train_step]") {
  const auto check = [](auto optimizer) {
    net_t net = initialized(), grad{};
    const auto all = [&](float g) {
      for (std::size_t k = 0; k < net_t::parameter_count; ++k) grad.theta()[net_t::topology::stack::index(k)] = g;
    };
    all(1e30f);
    optimizer.step(net, grad);
    all(1);
    inlay::step(net, optimizer, grad, {.freeze = {1, 2, 3}});
    optimizer.step(net, grad);
    CHECK(std::all_of(net.theta().begin(), net.theta().end(), [](float w) { return std::abs(w) < 2; })); // no NaN
  };
  check(inlay::adam<net_t>{});
  check(inlay::adamw<net_t>{});
  check(inlay::rmsprop<net_t>{});
}

TEST_CASE("a step with options is backpropagate, clip_gradient_norm and step", "[train_step]") {
  const auto loss = inlay::mean_squared_error{};
  net_t wanted = initialized(), grad{};
  inlay::adam<net_t> wanted_optimizer{};
  for (int step = 0; step < 3; ++step) {
    inlay::zero_gradient(grad);
    inlay::backpropagate(wanted, xs[0], targets[0], loss, grad);
    CHECK(inlay::clip_gradient_norm(grad, 0x1p-7f) > 0x1p-7f);
    wanted_optimizer.options.learning_rate = 0.02f;
    wanted_optimizer.step(wanted, grad);
  }
  const inlay::step_options how{.learning_rate = 0.02, .clip_gradient_norm = 0x1p-7};
  net_t net = initialized(), memory{};
  inlay::adam<net_t> optimizer{};
  for (int step = 0; step < 3; ++step)
    inlay::train_step(net, optimizer, loss, xs[0], targets[0], memory, how);
  CHECK(net == wanted);
  CHECK(optimizer.options.learning_rate == inlay::adam<net_t>{}.options.learning_rate);

  net = initialized();
  optimizer = {};
  for (int step = 0; step < 3; ++step)
    inlay::train_step(net, optimizer, loss, xs[0], targets[0], how); // the gradient on the stack
  CHECK(net == wanted);

  net = initialized();
  optimizer = {};
  for (int step = 0; step < 3; ++step) {
    inlay::zero_gradient(memory);
    inlay::backpropagate(net, xs[0], targets[0], loss, memory);
    inlay::step(net, optimizer, memory, how);
  }
  CHECK(net == wanted);
}

TEST_CASE("a step without a limit, frozen layers or a rate is the plain one", "[train_step]") {
  net_t net = initialized(), other = net, grad{};
  inlay::adam<net_t> optimizer{{.learning_rate = 0.01f}}, others{};
  for (int step = 0; step < 3; ++step) {
    inlay::train_step(net, optimizer, inlay::huber{}, xs[0], targets[0]);
    inlay::train_step(other, others, inlay::huber{}, xs[0], targets[0], {.learning_rate = 0.01f});
    inlay::train_step(net, optimizer, inlay::huber{}, xs, targets, grad);
    inlay::train_step(other, others, inlay::huber{}, xs, targets, grad, {.learning_rate = 0.01f});
  }
  CHECK(net == other);
}

namespace {

/// One that knows nothing of parts of a gradient.
struct plain {
  void step(net_t& net, const net_t& grad) noexcept { net.theta()[0] -= grad.theta()[0]; }
};

} // namespace

TEST_CASE("an optimizer without descend() steps by the gradient that it is given memory for", "[train_step]") {
  net_t net = initialized(), other = net, grad{}, wanted{};
  inlay::backpropagate(net, xs[0], targets[0], inlay::huber{}, wanted);
  plain optimizer;
  inlay::train_step(net, optimizer, inlay::huber{}, xs[0], targets[0], grad);
  inlay::train_step(other, optimizer, inlay::huber{}, xs[0], targets[0]);
  CHECK(net == other);
  CHECK(grad == wanted); // it was not on the stack
}

TEST_CASE("layers that are not there, and what an optimizer cannot do, are refused in words", "[train_step]") {
  net_t net = initialized(), grad{};
  const auto words = [&](auto optimizer, const inlay::step_options& options) {
    return last_words([&] { inlay::train_step(net, optimizer, inlay::huber{}, xs[0], targets[0], grad, options); });
  };
  CHECK(words(inlay::sgd<net_t>{}, {.freeze = {1, 4}}) == "inlay: step: wanted layers to freeze from 1 to 3; found 4\n");
  CHECK(last_words([] { inlay::layer_indices{1, 0}; }) == "inlay: layer_indices: wanted layers to freeze from 1 to 1023; found 0\n");
  CHECK(last_words([] { inlay::layer_indices{-1}; }) == "inlay: layer_indices: wanted layers to freeze from 1 to 1023; found -1\n");
  CHECK(last_words([] { inlay::layer_indices{1024u}; }) == "inlay: layer_indices: wanted layers to freeze from 1 to 1023; found 1024\n");
  CHECK(words(plain{}, {.clip_gradient_norm = 1}) == "not aborted: ");
  CHECK(words(plain{}, {.freeze = {1}}) ==
        "inlay: step: wanted an optimizer with descend() to freeze layers, see optimizer.hpp; found one without\n");
  CHECK(words(plain{}, {.learning_rate = 1}) ==
        "inlay: step: wanted an optimizer with options.learning_rate; found one without\n");
}
