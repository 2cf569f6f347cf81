// A step of a stream, linear about where it stands: against central differences, and against jacobian() of the step.
#include "catch.hpp"

#include "derivatives/nets.hpp"

#include <array>
#include <span>

namespace {

using namespace inlay;

template <class T>
using recurrent = basic_network<T, sequence<4, 3>, lstm<3>, gru<2>, dense<4, inlay::tanh>>;
template <class T>
using nested = basic_network<T, sequence<4, 3>, residual<rnn<3>>, parallel<concat, branch<delay<2>>, branch<conv1d<2, 2, silu>>>, layer_norm<>, gru<2, reset_before>>;
template <class T> // of two steps, so that they are forgotten, too
using attentive = basic_network<T, sequence<4, 3>, dense<4>, self_attention<2, attention_options{.is_causal = true, .window = 2}>, dense<2, inlay::tanh>>;
template <class T>
using forgetful = basic_network<T, sequence<4, 3>, dense<2, inlay::tanh>>;

/// ∂ of what a step gives by one number of the state (k < states) or the input, in double.
template <class Net>
auto difference(const Net& net, const stream<Net>& from, typename Net::step_input_type x, std::size_t k) {
  constexpr double h = 1e-5;
  const auto shifted = [&](double by) {
    auto numbers = get_state(from);
    auto input = x;
    if (k < numbers.size()) numbers[k] += by;
    else input[k - numbers.size()] += by;
    stream<Net> going{};
    set_state(going, std::span<const double, state_size<Net>>(numbers));
    const auto y = going(net, input);
    return std::pair{y, get_state(going)};
  };
  auto [y, s] = shifted(h);
  const auto [y_below, s_below] = shifted(-h);
  for (std::size_t o = 0; o < y.size(); ++o) y[o] = (y[o] - y_below[o]) / (2 * h);
  for (std::size_t o = 0; o < s.size(); ++o) s[o] = (s[o] - s_below[o]) / (2 * h);
  return std::pair{y, s};
}

} // namespace

TEMPLATE_TEST_CASE("A, B, C and D are central differences, and the stream goes one step on", "", recurrent<double>, nested<double>, attentive<double>, forgetful<double>) {
  TestType net{};
  initialize(net, 2);
  stream<TestType> going{}, plain{};
  for (std::size_t t = 0; t < 3; ++t) {
    const auto x = laws::noise_array<double, 3>(t + 1);
    const auto before = going;
    const auto [y, s, A, B, C, D] = linearize(net, going, x);
    CHECK(y == plain(net, x));
    CHECK(going == plain);
    CHECK(s == get_state(plain));
    for (std::size_t k = 0; k < s.size() + x.size(); ++k) {
      const auto [wanted_y, wanted_s] = difference(net, before, x, k);
      const bool of_state = k < s.size();
      for (std::size_t o = 0; o < y.size(); ++o)
        CHECK(std::abs((of_state ? C[o][k] : D[o][k - s.size()]) - wanted_y[o]) < 1e-8);
      for (std::size_t o = 0; o < s.size(); ++o)
        CHECK(std::abs((of_state ? A[o][k] : B[o][k - s.size()]) - wanted_s[o]) < 1e-8);
    }
    auto again = before;
    const auto by_input = jacobian(net, again, x).jacobian;
    for (std::size_t o = 0; o < y.size(); ++o)
      for (std::size_t i = 0; i < x.size(); ++i) CHECK(D[o][i] == Approx(by_input[o][i]).margin(1e-12));
  }
}

TEST_CASE("in float it is that of double") {
  recurrent<float> net{};
  initialize(net, 2);
  const auto exact = with_scalar<double>(net);
  stream<recurrent<float>> going{};
  stream<recurrent<double>> going_exactly{};
  for (std::size_t t = 0; t < 3; ++t) {
    const auto found = linearize(net, going, laws::noise_array<float, 3>(t + 1));
    std::array<double, 3> x{};
    for (std::size_t i = 0; i < 3; ++i) x[i] = static_cast<double>(laws::noise_array<float, 3>(t + 1)[i]);
    const auto wanted = linearize(exact, going_exactly, x);
    for (std::size_t k = 0; k < found.states; ++k)
      for (std::size_t j = 0; j < found.states; ++j) CHECK(std::abs(static_cast<double>(found.A[k][j]) - wanted.A[k][j]) < 2e-5);
  }
}
