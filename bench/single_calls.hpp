#pragma once

#include "session.hpp"
#include "topology.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// The times of single calls of one library, each call alone between two readings of the clock.
struct single_calls {
  std::string library;
  double p50, p99, p999, largest;                   ///< ns
  std::vector<std::pair<double, double>> histogram; ///< where a bin begins in ns, and its share of the calls
  double allocations;                               ///< per call
};

/// Libraries take turns of 1000 calls, so that what disturbs the machine meanwhile disturbs all.
std::vector<single_calls> measure_single_calls(const topology&, const std::vector<const library*>&, std::size_t turns);

} // namespace bench
