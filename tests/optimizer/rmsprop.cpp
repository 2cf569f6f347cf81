#include "optimizer/steps.hpp"

namespace {

template <class T>
using rmsprop = inlay::rmsprop<line<T>>;

} // namespace

static_assert(rmsprop<double>{}.options.learning_rate == 1e-2 && rmsprop<double>{}.options.alpha == 0.99);
static_assert(rmsprop<double>{}.options.epsilon == 1e-8 && !rmsprop<double>{}.options.centered);
static_assert(near(after(rmsprop<double>{{.learning_rate = 0.5, .alpha = 0.75}}, 3.0, 42), 2));

TEMPLATE_TEST_CASE("rmsprop divides by the root of the mean square", "[optimizer]", float, double) {
  using T = TestType;
  const double second = std::sqrt(0.75 * 0.25 * 16 + 0.25 * 4);
  const inlay::rmsprop_options<T> options{.learning_rate = 1, .alpha = T(0.75), .epsilon = 0};
  CHECK(after(rmsprop<T>{options}, T(0), 4, -2) == Approx(-2 + 2 / second));
  auto decaying = options;
  decaying.weight_decay = T(0.5);
  CHECK(after(rmsprop<T>{decaying}, T(6), 1) == Approx(6 - 2));
  auto shy = options;
  shy.epsilon = 2;
  CHECK(after(rmsprop<T>{shy}, T(0), 4) == Approx(-1));
}

TEMPLATE_TEST_CASE("rmsprop gathers momentum", "[optimizer]", float, double) {
  using T = TestType;
  const inlay::rmsprop_options<T> options{.learning_rate = 1, .alpha = T(0.75), .momentum = T(0.5)};
  CHECK(after(rmsprop<T>{options}, T(0), 4) == Approx(-2));
  CHECK(after(rmsprop<T>{options}, T(0), 4, 0) == Approx(-2 - 1));
}

TEMPLATE_TEST_CASE("rmsprop leaves the moments alone that it does not use", "[optimizer]", float, double) {
  using T = TestType;
  line<T> net{};
  rmsprop<T> plain{};
  for (int step = 0; step < 5; ++step)
    plain.step(net, of(T(1)));
  CHECK(plain.mean == line<T>{});
  CHECK(plain.momentum == line<T>{});
  rmsprop<T> centered{{.centered = true}};
  centered.step(net, of(T(1)));
  CHECK(weight(centered.mean) == Approx(0.01));
  CHECK(centered.momentum == line<T>{});
}

TEMPLATE_TEST_CASE(
    "centered rmsprop divides by the root of the variance, and never takes that of less than nothing",
    "[optimizer]", float, double) {
  using T = TestType;
  const inlay::rmsprop_options<T> options{
      .learning_rate = 1, .alpha = T(0.75), .epsilon = 0, .centered = true};
  CHECK(after(rmsprop<T>{options}, T(0), 4) == Approx(-4 / std::sqrt(0.25 * 16 - 1)));
  for (const T g : {T(1) / 3, T(0.7), T(-0.01)}) { // once large, then constant: v - m² falls below zero
    rmsprop<T> optimizer{{.alpha = T(0.75), .centered = true}};
    line<T> net{};
    optimizer.step(net, of(10 * g));
    for (int step = 0; step < 300; ++step)
      optimizer.step(net, of(g));
    CHECK(std::isfinite(weight(net)));
  }
}

TEMPLATE_TEST_CASE("rmsprop leaves padding zero, and a net alone whose gradient is zero", "[optimizer]",
                   float, double) {
  using T = TestType;
  check_edges<inlay::rmsprop, T>();
  rmsprop<T> optimizer{{.momentum = T(0.9), .centered = true}};
  check_decay(optimizer, &rmsprop<T>::mean_square, &rmsprop<T>::mean, &rmsprop<T>::momentum);
}
