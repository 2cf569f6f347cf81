#pragma once

#include "machine/machine.hpp"
#include "run.hpp"
#include "topology.hpp"

#include <cstddef>

namespace bench {

/// Bytes of the weights and biases without padding.
inline std::size_t weight_bytes(const topology& net) { return net.parameter_count() * sizeof(float); }

/// One forward pass reads every weight once: the loads of the cache level they fit in.
inline candidate load_candidate(const machine& m, const topology& net) {
  const auto& load = m.load[m.fits(weight_bytes(net))];
  return {"load limit", [load](benchmark::State& state) {
            for (auto _ : state) load.loop(load_memory(), load.bytes, 1);
          }};
}
inline double load_limit_ns(const machine& m, const topology& net, double loop_ns) {
  const auto& load = m.load[m.fits(weight_bytes(net))];
  return loop_ns * static_cast<double>(net.multiply_adds() * sizeof(float)) / static_cast<double>(load.bytes);
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

/// Adam reads weights, gradient and two moments and writes all but the gradient: at the bandwidth of L2, or of what lies
/// beyond where the four do not fit.
inline std::size_t optimizer_array_bytes(const topology& net) { return net.parameter_count() * sizeof(float); }
inline constexpr std::size_t optimizer_loop_bytes = std::size_t{32} << 10; // of each array: 128 KiB, an L2's worth
inline candidate optimizer_candidate() {
  return {"optimizer", [](benchmark::State& state) {
            for (auto _ : state) bench_optimizer_stream(load_memory(), optimizer_loop_bytes, 1);
          }};
}
inline double optimizer_ns(const topology& net, double loop_ns) {
  return loop_ns * static_cast<double>(optimizer_array_bytes(net)) / static_cast<double>(optimizer_loop_bytes);
}

} // namespace bench
