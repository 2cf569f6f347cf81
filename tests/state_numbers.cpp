// What a stream remembers, in numbers and back: what goes on from it is the same.
#include "catch.hpp"

#include "laws/network.hpp"

#include <inlay/inlay.hpp>

#include <algorithm>
#include <array>
#include <limits>

using namespace inlay;

namespace {

using recurrent = network<sequence<6, 3>, lstm<5>, gru<4>, rnn<17>, dense<2>>;
using convolutional = network<sequence<6, 3>, conv1d<4, 3, relu, conv_options{.dilation = 2}>, delay<3>, conv1d<2, 2>>;
using nested = network<sequence<6, 3>, residual<lstm<3>>, parallel<concat, branch<delay<2>>, branch<>, branch<dense<2>, gru<2>>>, dense<2>>;
using forgetful = network<sequence<6, 3>, dense<2>>;

template <class Net>
void goes_on() {
  Net net{};
  initialize(net, 1);
  stream<Net> first{};
  for (std::size_t t = 0; t < 23; ++t) first(net, laws::noise_array<float, 3>(t + 1));
  const auto numbers = get_state(first);
  stream<Net> second{};
  second(net, laws::noise_array<float, 3>(99)); // what was there is gone
  set_state(second, std::span<const float, state_size<Net>>(numbers));
  CHECK(get_state(second) == numbers);
  CHECK(second == first);
  for (std::size_t t = 0; t < 23; ++t) {
    const auto x = laws::noise_array<float, 3>(t + 50);
    CHECK(second(net, x) == first(net, x));
  }
  CHECK(get_state(stream<Net>{}) == std::array<float, state_size<Net>>{});
}

} // namespace

static_assert(state_size<recurrent> == 2 * 5 + 4 + 17);
static_assert(state_size<convolutional> == 3 * 4 + 4 * 2 + 12 * 1);
static_assert(state_size<nested> == 2 * 3 + 3 + 2);
static_assert(state_size<forgetful> == 0);

TEMPLATE_TEST_CASE("a stream that is given its numbers goes on as the one that had them", "", recurrent, convolutional, nested, forgetful) { goes_on<TestType>(); }

TEST_CASE("a self_attention's numbers are the steps it holds, their keys and their values, the oldest first") {
  constexpr std::size_t window = 3, features = 6;
  using net_t = network<sequence<4, features>, self_attention<2, attention_options{.is_causal = true, .window = window}>>;
  STATIC_REQUIRE(state_size<net_t> == 1 + 2 * window * features);
  net_t net{};
  initialize(net, 3);
  stream<net_t> first{};
  for (std::size_t t = 0; t < 8; ++t) {
    const auto numbers = get_state(first);
    CHECK(numbers[0] == static_cast<float>(std::min(t, window)));
    stream<net_t> second{};
    second(net, laws::noise_array<float, features>(99)); // what was there is gone
    set_state(second, numbers);
    CHECK(get_state(second) == numbers);
    auto third = first;
    for (std::size_t later = 0; later < 7; ++later) {
      const auto x = laws::noise_array<float, features>(t + later + 50);
      const auto wanted = third(net, x), found = second(net, x);
      for (std::size_t i = 0; i < features; ++i) CHECK(found[i] == Approx(wanted[i]).margin(1e-6));
    }
    const auto before = numbers;
    first(net, laws::noise_array<float, features>(t + 1));
    const auto after = get_state(first);
    for (const std::size_t what : {0u, 1u}) // keys, values: each step moves one on when the ring is full
      for (std::size_t k = 0; k + 1 < window; ++k)
        for (std::size_t i = 0; i < features; ++i) {
          const std::size_t row = what * window + k;
          CHECK(after[1 + row * features + i] == before[1 + (t < window ? row : row + 1) * features + i] + (t == k ? after[1 + row * features + i] : 0));
        }
  }
}

TEST_CASE("a self_attention holds no more steps than its window, whatever it is told") {
  using net_t = network<sequence<4, 2>, self_attention<1, attention_options{.is_causal = true, .window = 3}>>;
  stream<net_t> stream{};
  for (const float told : {4.0f, 1e30f, std::numeric_limits<float>::infinity()}) {
    std::array<float, state_size<net_t>> numbers{told};
    set_state(stream, numbers);
    CHECK(get_state(stream)[0] == 3);
  }
  for (const float told : {-1.0f, std::numeric_limits<float>::quiet_NaN()}) {
    std::array<float, state_size<net_t>> numbers{told};
    set_state(stream, numbers);
    CHECK(get_state(stream)[0] == 0);
  }
}

TEST_CASE("an lstm's numbers are its h, then its c, and denormals among them become zero") {
  using net_t = network<sequence<4, 1>, lstm<2>>;
  net_t net{};
  initialize(net, 3);
  stream<net_t> stream{};
  const auto y = stream(net, {1});
  const auto numbers = get_state(stream);
  CHECK(numbers[0] == y[0]);
  CHECK(numbers[1] == y[1]);
  set_state(stream, std::array<float, 4>{std::numeric_limits<float>::denorm_min(), 1, 2, -std::numeric_limits<float>::denorm_min()});
  CHECK(get_state(stream) == std::array<float, 4>{0, 1, 2, 0});
}

namespace {
consteval bool by_the_compiler() {
  using net_t = network<sequence<4, 1>, gru<2>, delay<2>>;
  net_t net{};
  initialize(net, 3);
  stream<net_t> first{}, second{};
  first(net, std::array{1.0f});
  const auto numbers = get_state(first);
  set_state(second, std::span<const float, 4>(numbers));
  return first == second && numbers[0] == numbers[2];
}
static_assert(by_the_compiler());
} // namespace
