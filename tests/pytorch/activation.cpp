#include "agreement.hpp"

#include <inlay/inlay.hpp>

namespace {

constexpr std::size_t N = 64;

struct row {
  std::string_view name;
  std::array<double, N> values;
};

// A derivative at a kink. For hard_swish at 3 PyTorch gives 1 or 1.5, depending on the length of the tensor.
constexpr double unspecified = std::numeric_limits<double>::quiet_NaN();

constexpr row expected[] = {
#include "expected/activation.inc"

#include <limits>
};

std::array<double, N> find(const std::string& name) {
  const auto found = std::ranges::find(expected, name, &row::name);
  INFO("expected/activation.inc has no \"" << name << "\": run generate.py");
  REQUIRE(found != std::end(expected));
  return found->values;
}

// Here an entry is no sum, so that values are held to the plain relative error, down to sigmoid(-30) = 9e-14.
// PyTorch itself cancels in the derivatives (1 - tanh^2) and in the values of gelu (1 + erf, 1 + tanh) and
// log_softmax: a floor below which the error counts as absolute is where its float64 was measured to agree
// with 60 digits to 2e-12 relative. In float a floor of 2^-5 is 5 units in the last place of one.
constexpr double derivative_floor = 0x1p-5, gelu_floor = 0x1p-14;

template <class T>
void check(const std::array<T, N>& found, const std::array<double, N>& reference, double floor) {
  double worst = 0;
  std::size_t where = 0;
  for (std::size_t i = 0; i < N; ++i) {
    const double error =
        std::isnan(reference[i]) ? 0 : pytorch::relative_error(found[i], reference[i], floor);
    if (error > worst) {
      worst = error;
      where = i;
    }
  }
  INFO("worst: entry " << where << ", found " << found[where] << ", expected " << reference[where]);
  CHECK(worst <= pytorch::tolerance<T>);
}

template <class T>
std::array<T, N> rounded(const std::array<double, N>& values, double scale = 1) {
  std::array<T, N> result;
  std::ranges::transform(values, result.begin(), [=](double value) { return static_cast<T>(value * scale); });
  return result;
}

/// Far from every value, so that the mean absolute error's gradient is -1/64, 1/64, 1/64, -1/64...
template <class T>
std::array<T, N> far_targets() {
  std::array<T, N> targets;
  for (std::size_t i = 0; i < N; ++i)
    targets[i] = i % 3 == 0 ? T(1000) : T(-1000);
  return targets;
}

template <class T>
std::array<T, N> sixty_four_times(std::array<T, N> gradient) {
  for (T& value : gradient)
    value *= N;
  return gradient;
}

template <class T, class Activation>
void agree(const std::string& name, double value_floor = 0, double scale = 1) {
  INFO(name << (std::same_as<T, float> ? ", float" : ", double"));
  constexpr inlay::mean_absolute_error loss{};
  const auto z = rounded<T>(find("points"), scale);
  const auto value = find(name + " value"), gradient = find(name + " gradient");

  const inlay::basic_network<T, inlay::input<N>, inlay::activation<Activation>> layer{};
  check(layer(z), value, value_floor);
  check(sixty_four_times<T>(inlay::input_gradient(layer, z, far_targets<T>(), loss)), gradient,
        derivative_floor);

  using dense_t = inlay::basic_network<T, inlay::input<1>, inlay::dense<N, Activation>>;
  dense_t dense{}, grad{};
  dense.template layer<1>().assign(z, std::array<T, N>{}); // z = W * 1 + 0
  const std::array<T, 1> one{1};
  check(dense(one), value, value_floor);
  inlay::backpropagate(dense, one, far_targets<T>(), loss, grad);
  check(sixty_four_times<T>(grad.template layer<1>().weights()), gradient, derivative_floor);
  check(sixty_four_times<T>(grad.template layer<1>().biases()), gradient, derivative_floor);
}

} // namespace

TEMPLATE_TEST_CASE("activations agree with PyTorch from -30 to 30", "[pytorch]", float, double) {
  using T = TestType;
  agree<T, inlay::identity>("identity");
  agree<T, inlay::relu>("relu");
  agree<T, inlay::leaky_relu>("leaky_relu");
  agree<T, inlay::elu>("elu");
  agree<T, inlay::selu>("selu");
  agree<T, inlay::celu>("celu");
  agree<T, inlay::sigmoid>("sigmoid");
  agree<T, inlay::tanh>("tanh");
  agree<T, inlay::gelu>("gelu", gelu_floor);
  agree<T, inlay::gelu_tanh>("gelu_tanh", gelu_floor);
  agree<T, inlay::silu>("silu");
  agree<T, inlay::mish>("mish");
  agree<T, inlay::softplus>("softplus");
  agree<T, inlay::softsign>("softsign");
  agree<T, inlay::hard_sigmoid>("hard_sigmoid");
  agree<T, inlay::hard_tanh>("hard_tanh");
  agree<T, inlay::hard_swish>("hard_swish");
}

TEMPLATE_TEST_CASE("softmax and log_softmax agree with PyTorch", "[pytorch]", float, double) {
  using T = TestType;
  agree<T, inlay::softmax>("softmax");
  agree<T, inlay::softmax>("softmax at a sixteenth", 0, 0.0625);
  agree<T, inlay::log_softmax>("log_softmax");
  agree<T, inlay::log_softmax>("log_softmax at a sixteenth", 0, 0.0625);
}
