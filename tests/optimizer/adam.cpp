#include "optimizer/steps.hpp"

namespace {

template <class T>
using adam = inlay::adam<line<T>>;
template <class T>
using adamw = inlay::adamw<line<T>>;

} // namespace

static_assert(adam<double>{}.options.learning_rate == 1e-3 && adam<double>{}.options.epsilon == 1e-8);
static_assert(adam<double>{}.options.beta1 == 0.9 && adam<double>{}.options.beta2 == 0.999);
static_assert(adam<double>{}.options.weight_decay == 0 && adamw<double>{}.options.weight_decay == 1e-2);
static_assert(near(after(adam<double>{{.learning_rate = 0.5}}, 3.0, 42), 2.5));

TEMPLATE_TEST_CASE("adam's first step is the learning rate, whatever the size of the gradient", "[optimizer]",
                   float, double) {
  using T = TestType;
  for (const double g : {1e-4, 1.0, 1e8})
    for (const double sign : {-1.0, 1.0}) {
      INFO(sign * g);
      CHECK(after(adam<T>{}, T(0), sign * g) == Approx(-sign * 1e-3 * g / (g + 1e-8)).epsilon(2e-6));
    }
  CHECK(after(adam<T>{{.learning_rate = 1, .epsilon = 3}}, T(0), 1) == Approx(-0.25));
}

TEMPLATE_TEST_CASE("a thousand steps of adam stay by the formula", "[optimizer]", float, double) {
  using T = TestType;
  adam<T> optimizer{};
  line<T> net = of(T(0.5));
  // In double, with the betas that the options hold: 0.999f is not 0.999.
  const double beta1 = optimizer.options.beta1, beta2 = optimizer.options.beta2;
  double w = 0.5, m = 0, v = 0, power1 = 1, power2 = 1;
  for (int step = 0; step < 1000; ++step) {
    const T g = static_cast<T>(std::sin(step) + 0.5);
    optimizer.step(net, of(g));
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * static_cast<double>(g) * g;
    power1 *= beta1;
    power2 *= beta2;
    w -= 1e-3 * (m / (1 - power1)) / (std::sqrt(v / (1 - power2)) + 1e-8);
  }
  CHECK(weight(net) == Approx(w).epsilon(std::is_same_v<T, float> ? 1e-4 : 1e-11));
}

TEMPLATE_TEST_CASE("adam adds its weight decay to the gradient, adamw takes it from the weight",
                   "[optimizer]", float, double) {
  using T = TestType;
  // The gradient is the decay alone, and adam's first step is the learning rate.
  CHECK(after(adam<T>{{.learning_rate = T(0.5), .weight_decay = T(0.25)}}, T(8), 0) == Approx(7.5));
  CHECK(after(adamw<T>{{.learning_rate = T(0.5), .weight_decay = T(0.25)}}, T(8), 0, 0) ==
        Approx(8 * 0.875 * 0.875));
  CHECK(after(adamw<T>{{.learning_rate = T(0.5), .weight_decay = T(0.25)}}, T(8), 4) == Approx(7 - 0.5));
}

TEMPLATE_TEST_CASE("adam leaves padding zero, and a net alone whose gradient is zero", "[optimizer]", float,
                   double) {
  check_edges<inlay::adam, TestType>();
  check_edges<inlay::adamw, TestType>();
}

TEMPLATE_TEST_CASE("no state of adam becomes denormal", "[optimizer]", float, double) {
  using T = TestType;
  adam<T> optimizer{};
  check_decay(optimizer, &adam<T>::mean, &adam<T>::mean_square);
  CHECK(optimizer.beta1_power == 0); // 0.9^20000
  CHECK(optimizer.beta2_power == Approx(std::pow(static_cast<double>(optimizer.options.beta2), 20'003)));
}
