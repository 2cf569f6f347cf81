#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <cmath>

using namespace inlay;

namespace {

/// What convolutions and delays remember of an input that has been the same for long.
template <class Net>
void check_settled(const std::array<float, initial_state_size<Net>>& numbers, typename Net::step_input_type x) {
  Net net{};
  initialize(net, 1);
  stream<Net> run{};
  for (int t = 0; t < 40; ++t) (void)run(net, x);
  auto begun = stream_from<Net>(numbers);
  CHECK(begun == run);
  CHECK(begun(net, x) == run(net, x));
}

} // namespace

TEST_CASE("a convolution and a delay begin with what has been there for ever") {
  using one = network<sequence<4, 2>, conv1d<3, 3, inlay::tanh, 1, 4>>;
  static_assert(initial_state_size<one> == 2);
  check_settled<one>({0.5f, -1}, {0.5f, -1});
  using history = network<sequence<4, 2>, delay<3>, dense<2>>;
  check_settled<history>({0.5f, -1}, {0.5f, -1});
  using short_one = network<sequence<4, 2>, conv1d<3, 1>, delay<1>>; // remember nothing
  check_settled<short_one>({0, 0, 0, 0, 0}, {0.5f, -1});
  using nested = network<sequence<4, 1>, residual<conv1d<1, 2>, dense<1>>, parallel<concat, branch<>, branch<delay<1>, delay<4>, narrow<3, 1>>>>;
  nested net{};
  initialize(net, 1);
  stream<nested> run{};
  std::array<float, 2> y{};
  for (int t = 0; t < 40; ++t) y = run(net, std::array{0.25f});
  static_assert(initial_state_size<nested> == 3);
  CHECK(stream_from<nested>(std::array{0.25f, y[0], y[1]}) == run); // what the layers behind the first see, what that makes of it
}

TEST_CASE("a recurrent layer begins with h, an lstm with h and c") {
  using net_t = network<sequence<4, 1>, lstm<1>, gru<2>, rnn<1>>;
  static_assert(initial_state_size<net_t> == 2 + 2 + 1);
  const auto begun = stream_from<net_t>(std::array{0.5f, 2.0f, 0.25f, -0.75f, 1e-40f});
  CHECK(begun.state.head.h.data[0] == 0.5f);
  CHECK(begun.state.head.c.data[0] == 2);
  CHECK(begun.state.tail.head.h.data[1] == -0.75f);
  CHECK(begun.state.tail.tail.head.h.data[0] == 0); // no denormal

  using cell = network<sequence<4, 1>, lstm<1>>;
  cell net{};
  initialize(net, 5);
  const auto p = get_parameters(net); // W_ih, W_hh, b_ih, b_hh; i f g o
  auto run = stream_from<cell>(std::array{0.5f, 2.0f});
  double z[4];
  for (std::size_t g = 0; g < 4; ++g) z[g] = p[g] * 0.3 + p[4 + g] * 0.5 + p[8 + g] + p[12 + g];
  const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
  const double c = sigmoid(z[1]) * 2 + sigmoid(z[0]) * std::tanh(z[2]);
  CHECK(run(net, std::array{0.3f})[0] == Approx(sigmoid(z[3]) * std::tanh(c)).epsilon(1e-6));
}

TEST_CASE("it is constant too, and of a net without memory nothing") {
  using net_t = network<sequence<4, 1>, conv1d<1, 2>>;
  static_assert(stream_from<net_t>(std::array{2.0f}) == [] {
    stream<net_t> run{};
    (void)run(net_t{}, std::array{2.0f});
    return run;
  }());
  static_assert(initial_state_size<network<sequence<4, 1>, dense<2>>> == 0);
  static_assert(stream_from<network<sequence<4, 1>, dense<2>>>(std::array<float, 0>{}) == stream<network<sequence<4, 1>, dense<2>>>{});
}
