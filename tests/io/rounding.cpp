// The tolerance of a verification: a right net is within it, a wrong one is not.
#include "catch.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/detail/describe.hpp>
#include <inlay/io/detail/rounding.hpp>

namespace {

using namespace inlay;
namespace io = inlay::io::detail;

/// A net with all the noise that training leaves, samples for it, and what is exact for them.
template <class Net>
struct sample_of {
  using T = typename Net::scalar;
  Net net{};
  std::vector<std::vector<double>> x, y, tolerance;

  explicit sample_of(double size = 1) {
    initialize(net, 5);
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> uniform(-1, 1);
    auto parameters = get_parameters(net);
    for (auto& p : parameters)
      p += static_cast<T>(0.05 * uniform(random));
    set_parameters(net, parameters);
    const auto description = io::describe(net);
    for (int s = 0; s < 4; ++s) {
      std::vector<double> one;
      for (std::size_t i = 0; i < Net::inputs; ++i)
        one.push_back(static_cast<double>(static_cast<T>(size * uniform(random))));
      y.push_back(io::evaluate(description, one));
      tolerance.push_back(io::rounding_tolerance(description, one, y.back()));
      x.push_back(one);
    }
  }

  /// The largest error of a net, in tolerances of the right one.
  template <class Other>
  double share(const Other& other) const {
    double worst = 0;
    for (std::size_t s = 0; s < x.size(); ++s) {
      typename Other::input_type in{};
      for (std::size_t i = 0; i < in.size(); ++i)
        in[i] = static_cast<T>(x[s][i]);
      const auto out = other(in);
      for (std::size_t o = 0; o < out.size(); ++o)
        worst = std::max(worst, std::abs(static_cast<double>(out[o]) - y[s][o]) / tolerance[s][o]);
    }
    return worst;
  }
};

using policy = network<input<48>, dense<512, elu>, dense<256, elu>, dense<128, elu>, dense<12>>;
using small = network<input<5>, dense<16, inlay::tanh>, dense<16, inlay::tanh>, dense<3>>;
using mixed =
    network<input<2, 30>, conv1d<8, 3, gelu>, activation<relu>, conv1d<5, 4, silu, 2>, residual<conv1d<5, 1, relu>>,
            dense<20, mish>, residual<dense<9, softplus>, dense<20>>, dense<6, softmax>>;
using all_the_others =
    network<input<6>, dense<12, leaky_relu>, dense<12, celu>, dense<12, selu>, dense<12, sigmoid>, dense<12, gelu_tanh>,
            dense<12, softsign>, dense<12, hard_sigmoid>, dense<12, hard_tanh>, dense<12, hard_swish>,
            dense<12, fast_tanh>, dense<12, fast_sigmoid>, dense<5, log_softmax>>;
using in_double = basic_network<double, input<20>, dense<64, inlay::tanh>, dense<64, gelu>, dense<3>>;

} // namespace

TEMPLATE_TEST_CASE("a right net is within half its tolerance, however large it is and its inputs", "[io]", policy,
                   small, mixed, all_the_others, in_double) {
  for (const double size : {0.01, 1.0, 30.0}) {
    CAPTURE(size);
    const sample_of<TestType> of(size);
    CHECK(of.share(of.net) < 0.5);
    CHECK(of.share(of.net) > 1e-4); // nor is it any number
  }
}

TEST_CASE("of a policy of 200 000 parameters, which errs by more than 1e-5, a single weight that is wrong is seen") {
  const sample_of<policy> of(30);
  const auto right = get_parameters(of.net);
  std::size_t seen = 0, tried = 0;
  for (std::size_t k = 0; k < right.size(); k += right.size() / 40) {
    auto parameters = right;
    parameters[k] += 0.1f;
    policy wrong{};
    set_parameters(wrong, parameters);
    ++tried, seen += of.share(wrong) > 1;
  }
  CHECK(tried >= 40);
  CHECK(seen >= tried * 9 / 10);
}

TEST_CASE("of a small net every weight that is off by a thousandth is seen") {
  const sample_of<small> of;
  const auto right = get_parameters(of.net);
  for (std::size_t k = 0; k < right.size(); ++k) {
    auto parameters = right;
    parameters[k] += 1e-3f;
    small wrong{};
    set_parameters(wrong, parameters);
    CAPTURE(k);
    CHECK(of.share(wrong) > 1);
  }
}

TEST_CASE("an activation in another's place is seen, also in a deep or wide net") {
  const auto share_of = []<class Right, class Wrong>(std::type_identity<Right>, std::type_identity<Wrong>) {
    const sample_of<Right> of;
    Wrong wrong{};
    set_parameters(wrong, get_parameters(of.net));
    return of.share(wrong);
  };
  CHECK(share_of(std::type_identity<small>{},
                 std::type_identity<network<input<5>, dense<16, inlay::tanh>, dense<16, hard_tanh>, dense<3>>>{}) > 1);
  using wide = network<input<48>, dense<512, gelu>, dense<256, gelu>, dense<128, gelu>, dense<12>>;
  CHECK(share_of(std::type_identity<wide>{}, // the two differ by less than 0.0005
                 std::type_identity<
                     network<input<48>, dense<512, gelu>, dense<256, gelu_tanh>, dense<128, gelu>, dense<12>>>{}) > 1);
  CHECK(share_of(
            std::type_identity<policy>{},
            std::type_identity<network<input<48>, dense<512, elu>, dense<256, elu>, dense<128, silu>, dense<12>>>{}) >
        1);
}
