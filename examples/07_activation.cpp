// An activation of your own: an empty type with value and derivative, for a float and for a register of them.
#include <inlay/inlay.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

/// exp(-z^2): a unit that answers near one place only, so that a layer of them draws hill by hill.
struct gaussian {
  template <class V>
  static constexpr inlay::value_and_derivative<V> at(V z) noexcept {
    const V hill = inlay::math::exp(-(z * z));
    return {hill, V(-2) * z * hill};
  }
};

using net_t = inlay::network<inlay::input<1>, inlay::dense<24, gaussian>, inlay::dense<1>>;

// It works in constant evaluation, like every activation.
static_assert(gaussian::at(0.0f).value == 1 && gaussian::at(0.0f).derivative == 0);

int main() {
  const auto mountains = [](float x) { return std::sin(3 * x) + 0.5f * std::cos(7 * x + 1); };
  std::vector<net_t::input_type> xs;
  std::vector<net_t::output_type> heights;
  for (int i = -100; i <= 100; ++i) {
    xs.push_back({0.02f * static_cast<float>(i)});
    heights.push_back({mountains(xs.back()[0])});
  }
  net_t net{};
  inlay::initialize(net, 1);
  for (const float rate : {1e-2f, 3e-3f, 1e-3f}) {
    inlay::adam<net_t> optimizer{{.learning_rate = rate}};
    inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, heights, {.epochs = 3000, .batch_size = 32});
  }

  float worst = 0;
  for (int i = -9; i <= 9; ++i) {
    const float x = 0.2f * static_cast<float>(i), drawn = net(net_t::input_type{x})[0];
    worst = std::max(worst, std::abs(drawn - mountains(x)));
    std::printf("%*c\n", static_cast<int>(40 + 20 * drawn), '*');
  }
  std::printf("drawn with 24 Gaussian units, at most %.3f off\n", worst);
  return worst < 0.1f ? 0 : 1;
}
