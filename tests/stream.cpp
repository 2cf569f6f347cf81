#include "laws/network.hpp"

#include <inlay/inlay.hpp>

#include <limits>
#include <memory>
#include <vector>

using namespace inlay;

namespace {

template <class Net>
using steps_of = std::vector<typename Net::step_input_type>;

template <class Net>
steps_of<Net> as_steps(const typename Net::input_type& x) {
  steps_of<Net> steps(Net::steps);
  for (std::size_t i = 0; i < x.size(); ++i) steps[i / steps[0].size()][i % steps[0].size()] = x[i];
  return steps;
}

/// The largest difference of a stream's outputs from those of the whole sequence: step by step, in blocks, and from a copy on.
template <class Net>
double error_of_stream() {
  const auto net = std::make_unique<Net>(laws::made<Net>(1));
  const auto x = laws::noise_array<typename Net::scalar, Net::inputs>(2);
  const auto wanted = (*net)(x);
  const auto steps = as_steps<Net>(x);
  constexpr std::size_t each = Net::outputs / Net::steps;
  double worst = 0;
  const auto see = [&](std::size_t t, const typename Net::step_output_type& y) {
    for (std::size_t i = 0; i < each; ++i) worst = (std::max)(worst, static_cast<double>(std::abs(y[i] - wanted[t * each + i])));
  };
  stream<Net> one{}, copied{}, blocks{};
  for (std::size_t t = 0; t < Net::steps; ++t) {
    see(t, one(*net, steps[t]));
    if (t == Net::steps / 2) copied = one;
    if (t > Net::steps / 2) see(t, copied(*net, steps[t]));
  }
  if (!(copied == one)) worst = 1;
  std::vector<typename Net::step_output_type> ys(Net::steps);
  const std::size_t first = Net::steps / 3;
  blocks(*net, std::span(steps).first(first), std::span(ys).first(first));
  blocks(*net, std::span(steps).subspan(first), std::span(ys).subspan(first));
  for (std::size_t t = 0; t < Net::steps; ++t) see(t, ys[t]);
  blocks = {};
  see(0, blocks(*net, steps[0]));
  return worst;
}

/// A prefix of the input determines the prefix of the output.
template <class Net>
bool looks_ahead() {
  const auto net = std::make_unique<Net>(laws::made<Net>(1));
  auto x = laws::noise_array<typename Net::scalar, Net::inputs>(2);
  const auto before = (*net)(x);
  for (std::size_t i = Net::inputs / Net::steps * 2; i < Net::inputs; ++i) x[i] += 1;
  const auto after = (*net)(x);
  for (std::size_t i = 0; i < Net::outputs / Net::steps * 2; ++i)
    if (before[i] != after[i]) return true;
  return false;
}

using lstm_net = basic_network<double, sequence<7, 3>, lstm<5>, dense<2>>;
using lstm_lstm = basic_network<double, sequence<7, 1>, lstm<16>, lstm<8>>;
using gru_net = basic_network<double, sequence<6, 2>, gru<17>, layer_norm<>, gru<3>, gru<5, reset_before>, dense<1>>;
using rnn_net = basic_network<double, sequence<6, 2, 3>, rnn<9, relu>, batch_norm<>, rnn<1>>;
using wide = network<sequence<5, 2>, lstm<40>, gru<24>, rnn<20>>;
using waves = network<sequence<83, 1>, dense<6>, residual<conv1d<8, 3, identity, 1, 19>, gated<inlay::tanh, sigmoid>, dense<6>>,
                      residual<conv1d<6, 2, inlay::tanh, 1, 3>>, dense<1>>; // blocks across the end of the ring
// Branches whose outputs lie where they belong, and parts of features read where they are.
using placed = network<sequence<21, 1>, parallel<concat, branch<dense<16>>, branch<>>,
                       parallel<concat, branch<parallel<add, branch<narrow<0, 16>, conv1d<16, 3, inlay::tanh>>, branch<narrow<16, 1>, dense<16>>>>,
                                branch<narrow<0, 16>, lstm<16>>, branch<narrow<3, 5>>>,
                       parallel<add, branch<narrow<0, 32>>, branch<narrow<0, 36>, conv1d<32, 2, identity, conv_options{.groups = 2}>>, branch<narrow<5, 32>>>,
                       parallel<multiply, branch<>, branch<narrow<0, 32>>>, dense<2>>;
using convolutions = basic_network<double, sequence<19, 3>, conv1d<4, 3, inlay::tanh, 1, 2>,
                                   conv1d<6, 2, relu, conv_options{.groups = 2}>, conv1d<3, 1>, prelu<3>, dense<1>>;
using attention = basic_network<double, sequence<11, 6>, dense<6, inlay::tanh>,
                                residual<layer_norm<>, self_attention<2, attention_options{.is_causal = true, .window = 4}>>,
                                self_attention<1, attention_options{.is_causal = true}>, dense<2>>;
using no_memory = network<sequence<5, 4>, dense<3, relu>, dense<2>>;

} // namespace

TEMPLATE_TEST_CASE("a stream is its sequence, step by step, in blocks, from a copy on and from the beginning again", "", lstm_net,
                   lstm_lstm, gru_net, rnn_net, wide, waves, placed, convolutions, attention, no_memory) {
  static_assert(causal<TestType>);
  CHECK(error_of_stream<TestType>() < (std::same_as<typename TestType::scalar, double> ? 1e-14 : 1e-6));
  CHECK(!looks_ahead<TestType>());
}

TEST_CASE("what wants all steps is not causal, and a longer sequence has the same parameters") {
  using net_t = network<sequence<4, 2>, gru<3>, mean_of_steps, dense<1>>;
  static_assert(!causal<net_t> && !causal<network<input<2>, dense<1>>> && net_t::steps == 4);
  const auto net = laws::made<net_t>(1);
  CHECK(get_parameters(with_steps<9>(net)) == get_parameters(net));
  static_assert(std::same_as<with_steps_t<net_t, 9>, network<sequence<9, 2>, gru<3>, mean_of_steps, dense<1>>>);
}

TEST_CASE("a stream is a constant expression") {
  using net_t = network<sequence<3, 1>, lstm<2>, dense<1>>;
  constexpr auto difference = [] {
    const auto net = laws::made<net_t>(1);
    stream<net_t> steps{};
    const std::array<float, 3> x{0.5f, -1, 2};
    const auto y = net(x);
    float worst = 0;
    for (std::size_t t = 0; t < 3; ++t) {
      const float off = steps(net, std::span<const float, 1>(&x[t], 1))[0] - y[t];
      worst = off > worst ? off : (-off > worst ? -off : worst);
    }
    return worst;
  };
  static_assert(difference() < 1e-6f);
  CHECK(difference() < 1e-6f);
}

TEST_CASE("no denormal survives in a state") {
  using net_t = network<sequence<2, 1>, lstm<4>>;
  auto net = laws::made<net_t>(1);
  for (auto& x : net.theta()) x *= 1e-18f;
  stream<net_t> steps{};
  for (int t = 0; t < 5; ++t) steps(net, std::array{std::numeric_limits<float>::denorm_min()});
  const auto& state = steps.state.head;
  for (const float x : state.h.data) CHECK((x == 0 || std::abs(x) >= std::numeric_limits<float>::min()));
  for (const float x : state.c.data) CHECK((x == 0 || std::abs(x) >= std::numeric_limits<float>::min()));
}
