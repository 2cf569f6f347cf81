#pragma once

#include "machine/loops.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>

namespace bench {

enum level {
  l1,
  l2,
  beyond,
};
inline constexpr std::array level_names{"L1", "L2", "beyond L2"};

/// A loop over memory of one cache level: the fastest of several, found by trying.
struct load_limit {
  bench_load_loop* loop;
  std::size_t bytes; // that it goes through again and again
  double rate;       // multiply-adds per ns
};

/// What this core can do, measured with the loops of x86_64.S or aarch64.S at the width that the build uses.
struct machine {
  std::string cpu;
  std::size_t l1_bytes, l2_bytes;
  double peak;                                                          // multiply-adds per ns, operands in registers
  double multiply_add_latency, add_latency, maximum_latency, hand_over; // ns
  std::array<load_limit, 3> load;                                       // by level
  std::array<double, 3> optimizer_bandwidth;                            // bytes per ns, read and written, by level

  level fits(std::size_t bytes) const { return bytes <= l1_bytes ? l1 : (bytes <= l2_bytes ? l2 : beyond); }
};

machine measure_machine();

/// Memory of zeros that the loops go through; larger than most L2.
float* load_memory();
inline constexpr std::size_t load_memory_bytes = std::size_t{16} << 20;

} // namespace bench
