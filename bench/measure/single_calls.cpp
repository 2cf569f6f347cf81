#include "measure/single_calls.hpp"

#include "measure/allocations.hpp"
#include "net/reference.hpp"
#include "timing/clock.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <numeric>
#include <random>

namespace bench {
namespace {

constexpr std::size_t untimed = 20, calls = 1000; // of each turn: first the weights come back into the cache

/// 48 bins to a decade, from 1 ns to 100 ms.
std::vector<histogram_bin> histogram(const std::vector<double>& sorted) {
  constexpr int decades = 8, each = 48;
  std::vector<histogram_bin> bins;
  for (int b = 0; b < decades * each; ++b) {
    const auto edge = [](int bin) { return std::pow(10.0, static_cast<double>(bin) / each); };
    const auto begin = std::lower_bound(sorted.begin(), sorted.end(), edge(b));
    const auto count = std::lower_bound(begin, sorted.end(), edge(b + 1)) - begin;
    if (count > 0)
      bins.push_back({edge(b), edge(b + 1), static_cast<double>(count) / static_cast<double>(sorted.size())});
  }
  return bins;
}

double percentile(const std::vector<double>& sorted, double p) {
  const auto rank = static_cast<std::size_t>(std::ceil(p / 100 * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

/// malloc and its kin, per call, once the library has settled.
double count_allocations(session& s, const float* x, float* y) {
  const auto before = allocations();
  for (std::size_t i = 0; i < 100; ++i) s.infer(x, y);
  return static_cast<double>(allocations() - before) / 100;
}

} // namespace

std::vector<single_calls> measure_single_calls(const topology& net, const std::vector<const library*>& libs,
                                               std::size_t turns) {
  const auto parameters = draw_parameters(net), x = draw(net.inputs(), 6);
  std::vector<float> y(net.outputs());
  std::vector<std::unique_ptr<session>> sessions;
  for (const auto* l : libs) sessions.push_back(l->make(net, parameters, 1));

  std::vector<tally> tallies(libs.size() + 1); // last: of nothing
  const auto begin = std::chrono::steady_clock::now();
  const auto begin_ticks = ticks();
  for (std::size_t turn = 0; turn < turns; ++turn) {
    for (std::size_t i = 0; i < libs.size(); ++i) {
      for (std::size_t call = 0; call < untimed; ++call) sessions[i]->infer(x.data(), y.data());
      sessions[i]->time_single(x.data(), y.data(), calls, tallies[i]);
    }
    for (std::size_t call = 0; call < calls; ++call) {
      const auto start = ticks();
      tallies.back().add(ticks() - start);
    }
  }
  const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - begin;
  const double tick = elapsed.count() / static_cast<double>(ticks() - begin_ticks);

  std::vector<std::vector<std::uint64_t>> times;
  for (const auto& t : tallies) times.push_back(t.readings());

  // Some processors' clocks count in large steps (26 ticks, 10 ns, on Zen 5). A call begins anywhere in a step, so each
  // time is spread at random over the step it was read in; medians then resolve less than a step.
  std::uint64_t step = 0;
  for (const auto& all : times)
    step = std::accumulate(all.begin(), all.end(), step, std::gcd<std::uint64_t, std::uint64_t>);
  std::mt19937 random(1);
  std::uniform_real_distribution<double> within(-0.5, 0.5);
  const auto sorted_ns = [&](const std::vector<std::uint64_t>& measured, double less) {
    std::vector<double> ns;
    ns.reserve(measured.size());
    for (const auto t : measured)
      ns.push_back((static_cast<double>(t) + within(random) * static_cast<double>(step)) * tick - less);
    std::sort(ns.begin(), ns.end());
    return ns;
  };
  const double clock = percentile(sorted_ns(times.back(), 0), 50);

  std::vector<single_calls> all;
  for (std::size_t i = 0; i < libs.size(); ++i) {
    const auto ns = sorted_ns(times[i], clock);
    all.push_back({libs[i]->name, percentile(ns, 50), percentile(ns, 99), percentile(ns, 99.9), ns.back(),
                   histogram(ns), count_allocations(*sessions[i], x.data(), y.data())});
  }
  return all;
}

} // namespace bench
