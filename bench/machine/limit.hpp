#pragma once

#include "machine/machine.hpp"
#include "timing/run.hpp"

#include <algorithm>
#include <cstddef>

namespace bench {

/// A call that reads every one of `bytes` once: the loads of the cache level they fit in. Beyond L1 the loop goes through
/// as many bytes, because its rate depends on them: on Zen 5, 100 to 400 KiB of the 1 MiB of L2 come at 50 weights per
/// ns, 512 KiB at 66, whichever the loop.
inline std::size_t load_loop_bytes(const machine& m, std::size_t bytes) {
  return m.fits(bytes) == l1 ? m.load[l1].bytes : std::min((bytes + 2047) / 2048 * 2048, load_memory_bytes);
}
inline candidate load_candidate(const machine& m, std::size_t bytes) {
  const auto loop = m.load[m.fits(bytes)].loop;
  return {"load limit", [loop, bytes = load_loop_bytes(m, bytes)](benchmark::State& state) {
            for (auto _ : state) loop(load_memory(), bytes, 1);
          }};
}
/// Of `loads` numbers out of `bytes` in memory.
inline double load_limit_ns(const machine& m, std::size_t bytes, std::size_t loads, double loop_ns) {
  return loop_ns * static_cast<double>(loads * sizeof(float)) / static_cast<double>(load_loop_bytes(m, bytes));
}

/// A batch is bound by the multiply-adds themselves.
inline candidate peak_candidate() {
  return {"peak", [](benchmark::State& state) {
            for (auto _ : state) bench_multiply_add_throughput(64);
          }};
}
inline double peak_ns(std::size_t multiply_adds, double loop_ns) {
  return loop_ns * static_cast<double>(multiply_adds) / static_cast<double>(64 * register_multiply_adds * lanes);
}

/// Adam reads weights, gradient and two moments and writes all but the gradient, at the bandwidth of L2: also where the
/// four fit in L1 or spill out of L2.
inline std::size_t optimizer_loop_bytes(const machine& m) { return m.l2_bytes / 16 / 128 * 128; } // of each array
inline candidate optimizer_candidate(const machine& m) {
  return {"optimizer", [bytes = optimizer_loop_bytes(m)](benchmark::State& state) {
            for (auto _ : state) bench_optimizer_stream(load_memory(), bytes, 1);
          }};
}
inline double optimizer_ns(const machine& m, std::size_t parameters, double loop_ns) {
  return loop_ns * static_cast<double>(parameters * sizeof(float)) / static_cast<double>(optimizer_loop_bytes(m));
}

} // namespace bench
