#include "agreement.hpp"

#include <inlay/inlay.hpp>

#include <limits>

namespace {

/// torch.nn.init.kaiming_uniform_(a=0, nonlinearity='relu'): U(-b, b), b = gain sqrt(3 / fan_in), gain =
/// sqrt(2).
double he(double fan_in) { return std::sqrt(6 / fan_in); }

/// torch.nn.init.xavier_uniform_(gain=1): U(-b, b), b = sqrt(6 / (fan_in + fan_out)).
double glorot(double fan_in, double fan_out) { return std::sqrt(6 / (fan_in + fan_out)); }

/// For U(-b, b) of variance b^2 / 3: within five standard deviations of the estimate, and nothing outside.
template <class T>
void check_uniform(std::span<const T> weights, double bound) {
  const double n = static_cast<double>(weights.size());
  double largest = 0, sum = 0, squares = 0;
  for (const T weight : weights) {
    const double w = static_cast<double>(weight) / bound;
    largest = std::max(largest, std::abs(w));
    sum += w;
    squares += w * w;
  }
  CHECK(largest <= 1 + std::numeric_limits<T>::epsilon());
  CHECK(largest > 1 - 16 / n); // missed with probability exp(-16)
  CHECK(std::abs(sum / n) < 5 * std::sqrt(1 / 3. / n));
  CHECK(std::abs(squares / n - 1 / 3.) < 5 * std::sqrt(4 / 45. / n));
}

template <class T, class Activation>
void check_dense(double bound) {
  using net_t = inlay::basic_network<T, inlay::input<40>, inlay::dense<25, Activation>>;
  net_t net{};
  inlay::initialize(net, 7);
  const auto layer = net.template layer<1>();
  check_uniform<T>(layer.weights(), bound);
  CHECK(layer.biases() == std::array<T, 25>{});
}

} // namespace

TEMPLATE_TEST_CASE("initialize is kaiming_uniform_ for the ReLU family, xavier_uniform_ otherwise",
                   "[pytorch]", float, double) {
  check_dense<TestType, inlay::relu>(he(40));
  check_dense<TestType, inlay::leaky_relu>(he(40));
  check_dense<TestType, inlay::identity>(glorot(40, 25));
  check_dense<TestType, inlay::tanh>(glorot(40, 25));
  check_dense<TestType, inlay::sigmoid>(glorot(40, 25));
}

TEMPLATE_TEST_CASE("initialize counts a convolution's fans with its kernel", "[pytorch]", float, double) {
  using T = TestType;
  const auto weights = []<class Net>(Net net) {
    inlay::initialize(net, 7);
    const auto parameters = inlay::get_parameters(net);
    CHECK(std::all_of(parameters.end() - 8, parameters.end(), [](T bias) { return bias == 0; }));
    return std::vector<T>(parameters.begin(), parameters.end() - 8);
  };
  using inlay::basic_network, inlay::input, inlay::conv1d;
  check_uniform<T>(weights(basic_network<T, input<6, 30>, conv1d<8, 5, inlay::relu>>{}), he(6 * 5));
  check_uniform<T>(weights(basic_network<T, input<6, 30>, conv1d<8, 5, inlay::tanh>>{}),
                   glorot(6 * 5, 8 * 5));
}

TEMPLATE_TEST_CASE("the same seed gives the same net, another seed another", "[pytorch]", float, double) {
  using net_t =
      inlay::basic_network<TestType, inlay::input<17>, inlay::dense<33, inlay::relu>, inlay::dense<5>>;
  net_t a{}, b{}, c{};
  inlay::initialize(a, 1);
  inlay::initialize(b, 1);
  inlay::initialize(c, 2);
  CHECK(a == b);
  CHECK(!(a == c));
}
