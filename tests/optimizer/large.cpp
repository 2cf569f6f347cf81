// Gradients whose squares no number holds: weights and moments stay finite, and are those of PyTorch's formulas in arithmetic
// that does not overflow.
#include "optimizer/steps.hpp"

#include <limits>
#include <vector>

namespace {

using wide = long double; // the square of the largest double is a number

/// What PyTorch's formulas make of one weight.
struct reference {
  wide w, m = 0, v = 0, b = 0, power1 = 1, power2 = 1;
  bool first = true;

  template <class Net>
  void step(const inlay::adam<Net>& optimizer, wide g) {
    const auto& o = optimizer.options;
    adam(o, g + wide(o.weight_decay) * w);
  }
  template <class Net>
  void step(const inlay::adamw<Net>& optimizer, wide g) {
    const auto& o = optimizer.options;
    w *= 1 - wide(o.learning_rate) * wide(o.weight_decay);
    adam(o, g);
  }
  void adam(const auto& o, wide g) {
    m = o.beta1 * m + (1 - wide(o.beta1)) * g;
    v = o.beta2 * v + (1 - wide(o.beta2)) * g * g;
    power1 *= o.beta1, power2 *= o.beta2;
    w -= o.learning_rate * (m / (1 - power1)) / (std::sqrt(v / (1 - power2)) + o.epsilon);
  }
  template <class Net>
  void step(const inlay::rmsprop<Net>& optimizer, wide g) {
    const auto& o = optimizer.options;
    g += wide(o.weight_decay) * w;
    v = o.alpha * v + (1 - wide(o.alpha)) * g * g;
    if (o.centered) m = o.alpha * m + (1 - wide(o.alpha)) * g;
    b = o.momentum * b + g / (std::sqrt(v - m * m) + o.epsilon);
    w -= o.learning_rate * b;
  }
  template <class Net>
  void step(const inlay::sgd<Net>& optimizer, wide g) {
    const auto& o = optimizer.options;
    g += wide(o.weight_decay) * w;
    b = first ? g : o.momentum * b + (1 - wide(o.dampening)) * g;
    first = false;
    w -= o.learning_rate * (o.nesterov ? g + o.momentum * b : b);
  }
};

template <class T>
bool agrees(T found, wide wanted) {
  const wide tolerance = std::is_same_v<T, float> ? 2e-5L : 1e-10L;
  return inlay::math::is_finite(found) && std::abs(found - wanted) <= tolerance * std::max(wide(1), std::abs(wanted));
}

template <class T>
std::vector<std::vector<T>> sequences() {
  constexpr T most = std::numeric_limits<T>::max(), root = std::is_same_v<T, float> ? T(1e20) : T(1e160);
  return {{1, root, 1, 1},
          {1, root / 10, root / 30, root, 1},
          {1, T(1e30), 1, 1, -1},
          {1, most / 2, 1, -most / 2, 1},
          {-most / 4, most / 8, root, -root * 1000, 1, 1},
          {root * 50, root * -100, root * 1e5f, 1, 1}};
}

/// After each step: the weight, and the moments as far as a number can hold them.
template <class Optimizer, class T>
void check_state(const reference& wanted, const Optimizer& optimizer, const line<T>& net) {
  INFO("weight " << weight(net) << ", wanted " << static_cast<double>(wanted.w));
  CHECK(agrees(weight(net), wanted.w));
  const auto moment = [](const char* what, const line<T>& found, wide value) {
    INFO(what << " " << weight(found) << ", wanted " << value);
    CHECK(inlay::math::is_finite(weight(found)));
    if (std::abs(value) <= wide(std::numeric_limits<T>::max())) CHECK(agrees(weight(found), value));
  };
  if constexpr (requires { optimizer.mean; }) moment("mean", optimizer.mean, wanted.m);
  if constexpr (requires { optimizer.mean_square; }) moment("mean square", optimizer.mean_square, wanted.v);
  CHECK(padding_is_zero(net));
}

template <template <class> class Optimizer, class T>
void check(auto options) {
  for (const auto& gradients : sequences<T>()) {
    Optimizer<line<T>> stepped{options}, trained{options};
    line<T> net = of(T(0.5)), other = net;
    reference wanted{T(0.5)};
    for (const T g : gradients) {
      INFO("gradient " << g);
      stepped.step(net, of(g));
      wanted.step(stepped, g);
      check_state(wanted, stepped, net);
      // The derivative of |w x - y| is x where w x > y, and -x where it is less; of the bias 1 or -1.
      other.template layer<1>().bias(0) = 0;
      const std::array<T, 1> x{std::abs(g)}, y{g > 0 ? -std::abs(g) : std::abs(g)};
      inlay::train_step(other, trained, inlay::mean_absolute_error{}, x, y);
      check_state(wanted, trained, other);
    }
  }
}

/// Batches: every sample has the gradient.
template <template <class> class Optimizer, class T>
void check_batches(auto options) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{3}, std::size_t{33}}) {
    Optimizer<line<T>> optimizer{options};
    line<T> net = of(T(0.5)), grad{};
    reference wanted{T(0.5)};
    for (const T g : {T(1), std::is_same_v<T, float> ? T(1e37) : T(1e300), T(1), T(1)}) {
      net.template layer<1>().bias(0) = 0;
      const std::vector<std::array<T, 1>> xs(count, {g}), ys(count, {-g});
      inlay::train_step(net, optimizer, inlay::mean_absolute_error{}, xs, ys, grad);
      wanted.step(optimizer, g);
      check_state(wanted, optimizer, net);
    }
  }
}

} // namespace

TEMPLATE_TEST_CASE("PyTorch's own figures", "[optimizer]", float) {
  using T = TestType;
  inlay::adam<line<T>> adam{};
  line<T> net = of(T(0.5));
  for (const auto& [g, w] : {std::pair{1.0f, 0.499f}, {1e20f, 0.49826f}, {1.0f, 0.49768f}, {1.0f, 0.49721f}}) {
    adam.step(net, of(g));
    CHECK(weight(net) == Approx(w).margin(6e-6));
  }
  CHECK(after(inlay::rmsprop<line<T>>{}, T(0.5), 1e20f) == Approx(0.4));
}

TEMPLATE_TEST_CASE("gradients of any size", "[optimizer]", float, double) {
  using T = TestType;
  using inlay::adam_options, inlay::adamw_options, inlay::rmsprop_options, inlay::sgd_options;
  check<inlay::adam, T>(adam_options<T>{});
  check<inlay::adam, T>(adam_options<T>{.learning_rate = T(0.01), .weight_decay = T(0.1)});
  check<inlay::adamw, T>(adamw_options<T>{});
  check<inlay::rmsprop, T>(rmsprop_options<T>{});
  check<inlay::rmsprop, T>(rmsprop_options<T>{.weight_decay = T(0.1), .momentum = T(0.9)});
  check<inlay::rmsprop, T>(rmsprop_options<T>{.centered = true});
  check<inlay::rmsprop, T>(rmsprop_options<T>{.momentum = T(0.5), .centered = true});
  // Betas of 0: nothing is left of a large gradient in the next mean.
  check<inlay::adam, T>(adam_options<T>{.beta1 = 0, .beta2 = 0});
  check<inlay::adamw, T>(adamw_options<T>{.beta1 = 0});
  check<inlay::rmsprop, T>(rmsprop_options<T>{.alpha = 0});
  check_batches<inlay::adam, T>(adam_options<T>{});
  check_batches<inlay::adamw, T>(adamw_options<T>{});
  check_batches<inlay::rmsprop, T>(rmsprop_options<T>{.momentum = T(0.9)});
}

TEMPLATE_TEST_CASE("sgd ends at the largest number, not beyond", "[optimizer]", float, double) {
  using T = TestType;
  constexpr T most = std::numeric_limits<T>::max();
  const inlay::sgd_options<T> moving{.momentum = T(0.9), .weight_decay = T(0.1)};
  for (const auto& options : {inlay::sgd_options<T>{}, inlay::sgd_options<T>{.weight_decay = T(0.1)}}) {
    inlay::sgd<line<T>> optimizer{options};
    line<T> net = of(T(0.5));
    reference wanted{T(0.5)};
    for (const T g : {most, T(1), most, most / 4}) { // of one sign: a difference of such weights has no digit left
      optimizer.step(net, of(g));
      wanted.step(optimizer, g);
      CHECK(agrees(weight(net), wanted.w));
    }
  }
  inlay::sgd<line<T>> optimizer{moving};
  line<T> net = of(T(0.5));
  for (int step = 0; step < 5; ++step) {
    optimizer.step(net, of(most));
    CHECK(inlay::math::is_finite(weight(net)));
    CHECK(inlay::math::is_finite(weight(optimizer.momentum)));
  }
  CHECK(weight(optimizer.momentum) == most);
  CHECK(after(inlay::sgd<line<T>>{{.learning_rate = 1}}, most, -most) == most);
}

namespace {

template <template <class> class Optimizer, class T>
constexpr auto stepped(auto options) {
  constexpr T large = std::is_same_v<T, float> ? T(1e20) : T(1e160), most = std::numeric_limits<T>::max();
  Optimizer<line<T>> optimizer{options};
  std::array<T, 5> weights{};
  line<T> net = of(T(0.5));
  std::size_t k = 0;
  for (const T g : {T(1), large, most, -most / 3, T(1)}) {
    optimizer.step(net, of(g));
    weights[k++] = weight(net);
  }
  return weights;
}

template <template <class> class Optimizer, class T, class Options>
void check_constant(Options options) {
  static constexpr auto constant = stepped<Optimizer, T>(Options{}());
  const auto here = stepped<Optimizer, T>(options());
  for (std::size_t k = 0; k < here.size(); ++k) CHECK(agrees(here[k], constant[k]));
}

} // namespace

TEMPLATE_TEST_CASE("gradients of any size in constant evaluation", "[optimizer]", float, double) {
  using T = TestType;
  check_constant<inlay::adam, T>([] { return inlay::adam_options<T>{.weight_decay = T(0.1)}; });
  check_constant<inlay::adamw, T>([] { return inlay::adamw_options<T>{}; });
  check_constant<inlay::rmsprop, T>([] { return inlay::rmsprop_options<T>{.momentum = T(0.9), .centered = true}; });
  check_constant<inlay::sgd, T>([] { return inlay::sgd_options<T>{.momentum = T(0.9), .nesterov = true}; });
}
