// A loss of your own: a small value with one function, for a float and for a register of them.
#include <inlay/inlay.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

/// The quantile loss (Koenker and Bassett 1978): an output that was too low costs `quantile` a unit, one too high
/// 1 - quantile. Where it is least, that part of the targets is below the output.
struct quantile_loss {
  float quantile = 0.5f;

  template <class V>
  constexpr inlay::value_and_derivative<V> at(V a, V y) const noexcept {
    using inlay::math::maximum, inlay::math::select; // not std's, which know no registers
    const V low(quantile), high(1 - quantile), missing = y - a;
    return {maximum(low * missing, -high * missing), select(missing > V(0.0f), -low, high)};
  }
};

// It works in constant evaluation, like every loss.
static_assert(quantile_loss{0.75f}.at(1.0f, 3.0f).value == 1.5f);

using net_t = inlay::network<inlay::input<1>, inlay::dense<16, inlay::tanh>, inlay::dense<1>>;

/// A wave with noise that grows along it: uniform, from no noise at -1 to 1 either way at 1.
struct measurements {
  std::vector<net_t::input_type> xs;
  std::vector<net_t::output_type> ys;

  explicit measurements(unsigned seed) {
    for (int i = 0; i < 4000; ++i) {
      seed = seed * 1664525u + 1013904223u;
      const float x = static_cast<float>(i) / 2000 - 1, noise = static_cast<float>(seed >> 8) * 0x1p-23f - 1;
      xs.push_back({x});
      ys.push_back({std::sin(3 * x) + noise * (x + 1) / 2});
    }
  }
};

int main() {
  const measurements seen(1), unseen(2);
  int wrong = 0;
  for (const float quantile : {0.1f, 0.5f, 0.9f}) {
    net_t net{};
    inlay::initialize(net, 1);
    for (const float rate : {1e-2f, 1e-3f}) {
      inlay::adam<net_t> optimizer{{.learning_rate = rate}};
      inlay::fit(net, optimizer, quantile_loss{quantile}, seen.xs, seen.ys, {.epochs = 30});
    }
    float below = 0;
    for (std::size_t i = 0; i < unseen.xs.size(); ++i)
      if (unseen.ys[i][0] < net(unseen.xs[i])[0]) below += 1 / static_cast<float>(unseen.xs.size());
    std::printf("quantile %.1f: %4.1f %% of new measurements are below the net's line\n", quantile, 100 * below);
    wrong += std::abs(below - quantile) < 0.05f ? 0 : 1;
  }
  return wrong;
}
