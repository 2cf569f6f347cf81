#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <cmath>

namespace {

using inlay::cross_entropy, inlay::binary_cross_entropy, inlay::negative_log_likelihood;

template <class Activation>
using net_of = inlay::basic_network<double, inlay::input<3>, inlay::dense<4, inlay::tanh>, inlay::dense<5, Activation>>;

constexpr std::array<double, 3> x{0.5, -1, 2};
constexpr std::array<double, 5> probabilities{0.2, 0, 0.5, 0.3, 0};

/// The same parameters, their gradient by `loss` through the last σ.
template <class Activation, class Loss, class Target>
auto gradient(Loss loss, const Target& target, double scale = 1) {
  net_of<Activation> net{}, grad{};
  inlay::initialize(net, 1);
  auto parameters = inlay::get_parameters(net);
  for (double& p : parameters) p *= scale;
  inlay::set_parameters(net, parameters);
  const double value = inlay::backpropagate(net, x, target, loss, grad);
  return std::pair(value, inlay::get_parameters(grad));
}

void same(const auto& a, const auto& b) {
  CHECK(a.first == Approx(b.first).epsilon(1e-12));
  for (std::size_t k = 0; k < a.second.size(); ++k) CHECK(a.second[k] == Approx(b.second[k]).epsilon(1e-11).margin(1e-15));
}

TEST_CASE("it is the cross entropy of the logits, for a net that ends in probabilities") {
  for (const std::size_t k : {0u, 4u}) {
    same(gradient<inlay::softmax>(negative_log_likelihood{}, k), gradient<inlay::identity>(cross_entropy{}, k));
    same(gradient<inlay::log_softmax>(negative_log_likelihood{}, k), gradient<inlay::identity>(cross_entropy{}, k));
    same(gradient<inlay::log_softmax>(cross_entropy{}, k), gradient<inlay::identity>(cross_entropy{}, k));
  }
  same(gradient<inlay::softmax>(negative_log_likelihood{}, probabilities),
       gradient<inlay::identity>(cross_entropy{}, probabilities));
  same(gradient<inlay::log_softmax>(negative_log_likelihood{}, probabilities),
       gradient<inlay::identity>(cross_entropy{}, probabilities));
  same(gradient<inlay::sigmoid>(negative_log_likelihood{}, probabilities),
       gradient<inlay::identity>(binary_cross_entropy{}, probabilities));
}

TEST_CASE("what has saturated still learns") {
  int learning = 0; // all classes but the one the net is sure of
  for (std::size_t k = 0; k < 5; ++k) {
    const auto [value, grad] = gradient<inlay::softmax>(negative_log_likelihood{}, k, 3000.0);
    double norm = 0;
    for (const double g : grad) norm += g * g;
    CHECK(std::isfinite(value));
    CHECK(std::isfinite(norm));
    learning += norm > 0.1 ? 1 : 0;
  }
  CHECK(learning == 4);
}

/// The loss and its slope for a net of one logit z.
template <class T>
std::array<T, 2> of_sigmoid(T z, T target) {
  inlay::basic_network<T, inlay::input<1>, inlay::dense<1, inlay::sigmoid>> net{}, grad{};
  net.template layer<1>().bias(0) = z;
  const T loss = inlay::backpropagate(net, std::array{T(0)}, std::array{target}, negative_log_likelihood{}, grad);
  return {loss, grad.template layer<1>().bias(0)};
}

TEMPLATE_TEST_CASE("no logarithm is below -100, and the slope of a saturated sigmoid is whole", "", float, double) {
  using T = TestType;
  CHECK(of_sigmoid(T(1e4), T(0)) == std::array<T, 2>{100, 1});
  CHECK(of_sigmoid(T(-1e4), T(1)) == std::array<T, 2>{100, -1});
  CHECK(of_sigmoid(T(1e4), T(1)) == std::array<T, 2>{0, 0});
  CHECK(of_sigmoid(T(-1e4), T(0)) == std::array<T, 2>{0, 0});
  CHECK(of_sigmoid(T(-12), T(0))[0] == Approx(std::log1p(std::exp(-12.0))).epsilon(1e-5)); // not log(1 - σ)
}

} // namespace

TEST_CASE("a class that is ignored counts nothing, behind softmax and log_softmax alike", "[loss]") {
  using soft = inlay::basic_network<double, inlay::input<3>, inlay::activation<inlay::softmax>>;
  using log_soft = inlay::basic_network<double, inlay::input<3>, inlay::activation<inlay::log_softmax>>;
  const std::vector<std::array<double, 3>> xs{{1, -2, 0.5}, {0, 1, 0}};
  const std::vector<int> classes{2, -7};
  const inlay::negative_log_likelihood loss{.ignore_index = -7};
  const double wanted = inlay::evaluate(soft{}, inlay::negative_log_likelihood{}, xs[0], 2);
  CHECK(inlay::evaluate(soft{}, loss, xs, classes) == Approx(wanted));
  CHECK(inlay::evaluate(log_soft{}, loss, xs, classes) == Approx(wanted));
  CHECK(inlay::input_gradient(soft{}, xs[1], -7, loss) == std::array<double, 3>{});
}
