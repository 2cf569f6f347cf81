#pragma once

#include "machine/machine.hpp"
#include "net/topology.hpp"
#include "timing/run.hpp"

#include <algorithm>
#include <cstddef>

namespace bench {

/// Bytes of the weights and biases without padding.
inline std::size_t weight_bytes(const topology& net) { return net.parameter_count() * sizeof(float); }

/// One forward pass reads every weight once: the loads of the cache level they fit in. Beyond L1 the loop goes through
/// as many bytes as the weights are, because its rate depends on them: on Zen 5, 100 to 400 KiB of the 1 MiB of L2 come
/// at 50 weights per ns, 512 KiB at 66, whichever the loop.
inline std::size_t load_loop_bytes(const machine& m, const topology& net) {
  const auto level = m.fits(weight_bytes(net));
  return level == l1 ? m.load[l1].bytes : std::min((weight_bytes(net) + 2047) / 2048 * 2048, load_memory_bytes);
}
inline candidate load_candidate(const machine& m, const topology& net) {
  const auto loop = m.load[m.fits(weight_bytes(net))].loop;
  return {"load limit", [loop, bytes = load_loop_bytes(m, net)](benchmark::State& state) {
            for (auto _ : state) loop(load_memory(), bytes, 1);
          }};
}
inline double load_limit_ns(const machine& m, const topology& net, double loop_ns) {
  return loop_ns * static_cast<double>(net.multiply_adds() * sizeof(float)) /
         static_cast<double>(load_loop_bytes(m, net));
}

/// A batch is bound by the multiply-adds themselves.
inline candidate peak_candidate() {
  return {"peak", [](benchmark::State& state) {
            for (auto _ : state) bench_multiply_add_throughput(64);
          }};
}
inline double peak_ns(double multiply_adds, double loop_ns) {
  return loop_ns * multiply_adds / static_cast<double>(64 * register_multiply_adds * lanes);
}

/// Of one training step: forward, ∇W, and ∇a of every layer but the first.
inline double training_multiply_adds(const topology& net, std::size_t batch) {
  return static_cast<double>(batch * (3 * net.multiply_adds() - net.multiply_adds_of_first_layer()));
}

/// Adam reads weights, gradient and two moments and writes all but the gradient, at the bandwidth of L2: also where the
/// four fit in L1 or spill out of L2.
inline std::size_t optimizer_loop_bytes(const machine& m) { return m.l2_bytes / 16 / 128 * 128; } // of each array
inline candidate optimizer_candidate(const machine& m) {
  return {"optimizer", [bytes = optimizer_loop_bytes(m)](benchmark::State& state) {
            for (auto _ : state) bench_optimizer_stream(load_memory(), bytes, 1);
          }};
}
inline double optimizer_ns(const machine& m, const topology& net, double loop_ns) {
  return loop_ns * static_cast<double>(net.parameter_count() * sizeof(float)) /
         static_cast<double>(optimizer_loop_bytes(m));
}

} // namespace bench
