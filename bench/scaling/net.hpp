#pragma once

#include <inlay/inlay.hpp>
#include <inlay/threads.hpp>

#include <chrono>
#include <cstddef>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// T2 to T4 of the standard nets, trained with Adam on classes.
using t2 = inlay::network<inlay::input<64>, inlay::dense<64, inlay::relu>, inlay::dense<64, inlay::relu>, inlay::dense<10>>;
using t3 = inlay::network<inlay::input<784>, inlay::dense<128, inlay::relu>, inlay::dense<10>>;
using t4 = inlay::network<inlay::input<17>, inlay::dense<256, inlay::relu>, inlay::dense<256, inlay::relu>, inlay::dense<6>>;

/// A net with samples to learn from; small steps, so that it stays nearly what it was.
template <class Net>
struct training {
  Net net{};
  inlay::adam<Net> optimizer{{.learning_rate = 1e-6f}};
  std::vector<typename Net::input_type> xs;
  std::vector<std::size_t> ys;

  explicit training(std::size_t samples) {
    inlay::initialize(net, 1);
    std::mt19937 random(1);
    std::uniform_real_distribution<float> numbers(-1, 1);
    for (std::size_t s = 0; s < samples; ++s) {
      for (auto& x : xs.emplace_back()) x = numbers(random);
      ys.push_back(s % Net::outputs);
    }
  }

  /// One epoch: fit(on..., ...), on threads or, with nothing, alone.
  void epoch(std::size_t batch_size, const auto&... on) {
    inlay::fit(on..., net, optimizer, inlay::cross_entropy{}, xs, ys, {.batch_size = batch_size});
  }
};

/// ns on the wall's clock.
inline double ns_of(auto f) {
  const auto begin = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace bench
