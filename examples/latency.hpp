#pragma once

#include "distribution.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <sched.h>
#include <utility>
#include <vector>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace timing {

/// Keeps this thread on the core it runs on; false where the system does not let us.
inline bool pin_to_core() {
  const int core = sched_getcpu();
  if (core < 0)
    return false;
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(static_cast<std::size_t>(core), &cores);
  return sched_setaffinity(0, sizeof cores, &cores) == 0;
}

/// The compiler must assume that `value` is read, and written, here.
template <class V>
void keep(V& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

/// A clock that waits for everything before it and holds back everything after it. A single call is then
/// timed as a controller meets it, alone, from the input being there to the output being there. Without the
/// fences the processor runs the call into the reading of the clock, and short calls seem to take nothing.
inline std::uint64_t ticks() {
#if defined(__x86_64__)
  _mm_lfence();
  const std::uint64_t now = __rdtsc();
  _mm_lfence();
  return now;
#else
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

template <std::size_t N>
struct latencies {
  float clock; // ns that two readings of the clock take with nothing between them: taken off `calls`
  float step;  // ns in which the clock counts
  std::array<distribution, N> calls;
};

/// Times single calls of every one of `candidates`, each called with 0, 1, 2... They take turns of 1000
/// calls, so that whatever disturbs the machine meanwhile disturbs them all; a turn begins with 20 calls that
/// are not timed, in which the candidate's weights come back into the cache.
///
/// Some processors' clocks count in large steps (26 ticks, 10 ns, on AMD's Zen 5). A call begins anywhere in
/// a step, so each time is spread at random over the step it was read in; medians then resolve less than a
/// step.
template <class... Candidates>
latencies<sizeof...(Candidates)> time_calls(std::size_t turns, Candidates&&... candidates) {
  constexpr std::size_t untimed = 20, calls = 1000;
  const auto turn = [](std::vector<std::uint64_t>& times, std::size_t number, auto&& candidate) {
    for (std::size_t i = 0; i < untimed + calls; ++i) {
      const auto start = ticks();
      candidate(number * (untimed + calls) + i);
      const auto end = ticks();
      if (i >= untimed)
        times.push_back(end - start);
    }
  };

  std::array<std::vector<std::uint64_t>, 1 + sizeof...(Candidates)> times; // the first: of nothing
  for (auto& t : times)
    t.reserve(turns * calls);
  const auto begin = std::chrono::steady_clock::now();
  const auto begin_ticks = ticks();
  for (std::size_t i = 0; i < turns; ++i) {
    std::size_t which = 0;
    turn(times[which++], i, [](std::size_t) {});
    (turn(times[which++], i, candidates), ...);
  }
  const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - begin;
  const double tick = elapsed.count() / static_cast<double>(ticks() - begin_ticks);

  std::uint64_t step = 0;
  for (const auto& all : times)
    step = std::accumulate(all.begin(), all.end(), step, std::gcd<std::uint64_t, std::uint64_t>);
  std::mt19937 random(1);
  std::uniform_real_distribution<double> within(-0.5, 0.5);
  const auto nanoseconds = [&](const std::vector<std::uint64_t>& measured, double less) {
    std::vector<float> ns;
    for (const auto t : measured)
      ns.push_back(static_cast<float>(
          (static_cast<double>(t) + within(random) * static_cast<double>(step)) * tick - less));
    return distribution(std::move(ns));
  };
  const float clock = nanoseconds(times[0], 0).percentile(50);
  const auto result = [&]<std::size_t... I>(std::index_sequence<I...>) {
    return latencies<sizeof...(I)>{
        clock, static_cast<float>(static_cast<double>(step) * tick), {nanoseconds(times[I + 1], clock)...}};
  };
  return result(std::make_index_sequence<sizeof...(Candidates)>{});
}

} // namespace timing
