// Batches: many samples in one call share each load of a weight, so a sample costs less.
#include <inlay/inlay.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<64, inlay::relu>, inlay::dense<64, inlay::relu>,
                             inlay::dense<10>>;

template <class F>
double nanoseconds(std::size_t samples, F&& f) {
  double best = 1e30;
  for (int round = 0; round < 20; ++round) {
    const auto start = std::chrono::steady_clock::now();
    f();
    best = std::min(
        best, std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count());
  }
  return best / static_cast<double>(samples);
}

int main() {
  net_t net{};
  inlay::initialize(net, 1);
  std::vector<net_t::input_type> xs(1000);
  for (std::size_t i = 0; i < xs.size(); ++i)
    for (std::size_t j = 0; j < 64; ++j)
      xs[i][j] = std::sin(static_cast<float>(i * 64 + j));

  std::vector<net_t::output_type> one_by_one(xs.size()), together(xs.size());
  const double single = nanoseconds(xs.size(), [&] {
    for (std::size_t i = 0; i < xs.size(); ++i)
      net(xs[i], one_by_one[i]);
  });
  const double batched = nanoseconds(xs.size(), [&] { net(xs, together); });

  float difference = 0;
  for (std::size_t i = 0; i < xs.size(); ++i)
    for (std::size_t j = 0; j < 10; ++j)
      difference = std::max(difference, std::abs(one_by_one[i][j] - together[i][j]));
  std::printf(
      "64-64-64-10, per sample: %.0f ns one by one, %.0f ns in a batch; outputs differ by %.1e at most\n",
      single, batched, difference);
  return difference < 1e-5f ? 0 : 1;
}
