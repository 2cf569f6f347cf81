// The derivatives of described layers, and which parameters a verification notices.
#include "catch.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/detail/describe.hpp>
#include <inlay/io/detail/noticed.hpp>
#include <inlay/io/detail/rounding.hpp>

#include <random>

namespace {

using namespace inlay;
namespace at_run_time = inlay::io::detail;

using dense_layers = basic_network<double, input<5>, dense<7, inlay::tanh>, dense<6, gelu>, dense<4, sigmoid>>;
using rows = basic_network<double, input<5>, dense<6, softmax>, dense<5>, activation<log_softmax>>;
using convolutions =
    basic_network<double, input<2, 20>, conv1d<3, 3, silu, 2>, conv1d<4, 2, identity, 1, 3>, prelu<4>, dense<3>>;
using composites = basic_network<double, input<3, 4>, transpose, residual<prelu<>, conv1d<4, 1, softplus>>, transpose,
                                 dense<6>, residual<residual<dense<6, elu>>, dense<6>>, dense<2>>;

using norms = basic_network<double, input<4, 3>, rescale<>, layer_norm<>, conv1d<4, 2, inlay::tanh>, batch_norm<>, group_norm<2>, rms_norm<>,
                            dense<2>>;
using images = basic_network<double, input<3, 2, 4>, prelu<3>, batch_norm<>, dense<2>>;

template <class Net>
at_run_time::net_description with_noise() {
  Net net{};
  initialize(net, 3);
  std::mt19937_64 random(4);
  auto parameters = get_parameters(net);
  for (auto& p : parameters)
    p += 0.2 * static_cast<double>(random() >> 11) * 0x1p-53;
  set_parameters(net, parameters);
  if constexpr (requires { get_statistics(net); }) {
    auto statistics = get_statistics(net);
    for (auto& s : statistics)
      s += 0.2 * static_cast<double>(random() >> 11) * 0x1p-53;
    set_statistics(net, statistics);
  }
  return at_run_time::describe(net);
}

} // namespace

TEMPLATE_TEST_CASE("derivatives by each parameter and by the input are central differences", "[io]", dense_layers, rows,
                   convolutions, composites, norms, images) {
  auto net = with_noise<TestType>();
  std::mt19937_64 random(9);
  std::vector<double> x(TestType::inputs);
  for (double& value : x)
    value = 2 * static_cast<double>(random() >> 11) * 0x1p-53 - 1;
  const auto difference = [&](double& of, std::size_t output) {
    const double before = of, step = 1e-5;
    of = before + step;
    const double above = at_run_time::evaluate(net, x)[output];
    of = before - step;
    const double below = at_run_time::evaluate(net, x)[output];
    of = before;
    return (above - below) / (2 * step);
  };
  for (std::size_t o = 0; o < TestType::outputs; ++o) {
    at_run_time::influence_t found = at_run_time::noticed_parameters(net).none();
    at_run_time::derivatives_t above(1, std::vector<double>(TestType::outputs, 0));
    above[0][o] = 1;
    const auto by_input = at_run_time::back(net.layers, at_run_time::record(net.layers, x), above, found);
    for (std::size_t i = 0; i < x.size(); ++i)
      CHECK(by_input[0][i] == Approx(difference(x[i], o)).epsilon(1e-6).margin(1e-9));
    std::size_t t = 0;
    at_run_time::for_each_parameter(net.layers, [&](auto& tensor) {
      for (std::size_t k = 0; k < tensor.values.size(); ++k) {
        CAPTURE(o, t, k);
        CHECK(found[t][k] == Approx(std::abs(difference(tensor.values[k], o))).epsilon(1e-6).margin(1e-9));
      }
      ++t;
    });
    CHECK(t == found.size());
  }
}

TEST_CASE("of several outputs the one counts that a parameter moves most") {
  auto net = with_noise<dense_layers>();
  const std::vector<double> x{0.3, -0.2, 0.8, 0.1, -0.6}, tolerance{1e-7, 1e-9, 1e-8, 1e-6};
  const auto y = at_run_time::evaluate(net, x);
  const auto moved = at_run_time::noticed_parameters(net).movements(at_run_time::record(net.layers, x), tolerance, 0);
  std::size_t t = 0;
  at_run_time::for_each_parameter(net.layers, [&](auto& tensor) {
    for (std::size_t k = 0; k < tensor.values.size(); ++k) {
      const double before = tensor.values[k];
      tensor.values[k] *= 1 + 1e-6;
      const auto off = at_run_time::evaluate(net, x);
      tensor.values[k] = before;
      double most = 0;
      for (std::size_t o = 0; o < y.size(); ++o)
        most = std::max(most, 1e4 * std::abs(off[o] - y[o]) / tolerance[o]);
      CAPTURE(t, k);
      CHECK(moved[t][k] == Approx(most).epsilon(1e-4));
    }
    ++t;
  });
}

TEST_CASE("what makes no difference is not noticed") {
  network<input<2>, dense<3, relu>, dense<1>> net{};
  net.layer<1>().assign(std::array{0.5f, 0.25f, -0.5f, 1.0f, 0.0f, 0.0f}, std::array{0.25f, 0.5f, -1.0f});
  net.layer<2>().assign(std::array{1.0f, 2.0f, 3.0f}, std::array{0.5f});
  const auto description = at_run_time::describe(net);
  const std::vector<std::vector<double>> x{{0.5, 0.75}, {-1, 2}};
  std::vector<std::vector<double>> tolerance;
  for (const auto& one : x)
    tolerance.push_back(at_run_time::rounding_tolerance(description, one, at_run_time::evaluate(description, one)));
  CHECK(at_run_time::unnoticed_parameters(description, x, tolerance) == 4); // of the third unit, which is dead
  CHECK(at_run_time::unnoticed_parameters(description, {{0, 0}}, {tolerance[0]}) ==
        4 + 4); // and the other weights of the first layer
  CHECK(at_run_time::unnoticed_parameters(description, x, {{1e3}, {1e3}}) ==
        net.parameter_count); // of a tolerance beyond all
}
