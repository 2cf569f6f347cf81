// A net trained by the compiler: the same source that runs, within the default limits of g++ and clang.
#include "catch.hpp"

#include <inlay/inlay.hpp>

namespace {

using net_t = inlay::basic_network<double, inlay::input<2>, inlay::dense<3, inlay::tanh>, inlay::dense<1>>;
constexpr std::array<net_t::input_type, 4> xs{{{0, 0}, {0, 1}, {1, 0}, {1, 1}}};
constexpr std::array<net_t::output_type, 4> targets{{{0}, {1}, {1}, {0}}};

template <class Optimizer>
constexpr net_t trained(Optimizer optimizer) {
  net_t net{};
  inlay::initialize(net, 14);
  for (int step = 0; step < 20; ++step) {
    net_t grad{};
    inlay::backpropagate(net, xs, targets, inlay::mean_squared_error{}, grad);
    optimizer.step(net, grad);
  }
  return net;
}

constexpr bool knows_xor(const net_t& net) {
  return net(xs[0])[0] < 0.3 && net(xs[1])[0] > 0.7 && net(xs[2])[0] > 0.7 && net(xs[3])[0] < 0.3;
}

constexpr inlay::sgd<net_t> with_momentum{{.learning_rate = 0.3, .momentum = 0.9}};
constexpr inlay::adam<net_t> with_adam{{.learning_rate = 0.1}};

constexpr net_t by_the_compiler = trained(with_momentum);
static_assert(knows_xor(by_the_compiler));
static_assert(knows_xor(trained(with_adam)));
static_assert(!knows_xor(net_t{}));

TEST_CASE("the compiler and the program train the same net") {
  const auto here = inlay::get_parameters(trained(with_momentum));
  const auto there = inlay::get_parameters(by_the_compiler);
  for (std::size_t k = 0; k < here.size(); ++k) CHECK(here[k] == Approx(there[k]).epsilon(1e-9));
  CHECK(knows_xor(trained(with_adam)));
}

} // namespace
