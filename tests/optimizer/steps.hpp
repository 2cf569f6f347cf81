// A parameter by itself: the net of one weight and one bias, stepped with gradients that are given.
#pragma once

#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <array>
#include <cmath>
#include <limits>

template <class T>
using line = inlay::basic_network<T, inlay::input<1>, inlay::dense<1>>;

/// The net whose weight, or derivative by it, is w; the bias is 0.
template <class T>
constexpr line<T> of(T w) {
  line<T> net{};
  net.template layer<1>().weight(0, 0) = w;
  return net;
}
template <class T>
constexpr T weight(const line<T>& net) {
  return net.template layer<1>().weight(0, 0);
}

/// The weight after one step from w with each of the gradients.
template <class T>
constexpr T after(auto optimizer, T w, auto... gradients) {
  line<T> net = of(w);
  (optimizer.step(net, of(static_cast<T>(gradients))), ...);
  return weight(net);
}

/// Where Approx cannot go.
constexpr bool near(double a, double b) { return a - b < 1e-9 && b - a < 1e-9; }

/// Whether the padding of theta is still zero, and nothing but the parameters differs from zero.
template <class Net>
bool padding_is_zero(const Net& net) {
  Net copy{};
  inlay::set_parameters(copy, inlay::get_parameters(net));
  return copy == net;
}

/// A step of a net without parameters, and what a zero gradient and padding do to one with them.
template <template <class> class Optimizer, class T>
void check_edges() {
  using bare_t = inlay::basic_network<T, inlay::input<3>, inlay::activation<inlay::relu>>;
  bare_t bare{};
  Optimizer<bare_t>{}.step(bare, bare_t{});
  CHECK(bare == bare_t{});

  using net_t = inlay::basic_network<T, inlay::input<3>, inlay::dense<5, inlay::relu>, inlay::dense<2>>;
  net_t net{};
  inlay::initialize(net, 1);
  const net_t grad = net, start = net;
  Optimizer<net_t> optimizer{};
  optimizer.options.weight_decay = 0;
  optimizer.step(net, net_t{});
  CHECK(net == start);
  for (int step = 0; step < 3; ++step)
    optimizer.step(net, grad);
  CHECK(!(net == start));
  CHECK(padding_is_zero(net));
  const auto theta = net.theta();
  for (const T x : theta)
    CHECK(inlay::math::is_finite(x));
}

/// No moment of an optimizer stays denormal when the gradients have ended.
template <class Optimizer>
void check_decay(Optimizer& optimizer, auto... moment) {
  using T = decltype(optimizer.options.learning_rate);
  line<T> net = of(T(1));
  for (int step = 0; step < 3; ++step)
    optimizer.step(net, of(T(1e-3)));
  for (int step = 0; step < 20'000; ++step)
    optimizer.step(net, line<T>{});
  for (const T x : {weight(optimizer.*moment)...})
    CHECK((x == 0 || std::abs(x) >= std::numeric_limits<T>::min()));
  CHECK(inlay::math::is_finite(weight(net)));
}
