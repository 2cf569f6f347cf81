#pragma once

#include "net/topology.hpp"
#include "peer/session.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

struct histogram_bin {
  double begin, end, share; ///< ns, ns, of all calls
};

/// The times of single calls of one library, each call alone between two readings of the clock.
struct single_calls {
  std::string library;
  double p50, p99, p999, largest;       ///< ns
  std::vector<histogram_bin> histogram; ///< those that are not empty
  double allocations;                   ///< per call
};

/// Libraries take turns of 1000 calls, so that what disturbs the machine meanwhile disturbs all.
std::vector<single_calls> measure_single_calls(const topology&, const std::vector<const library*>&, std::size_t turns);

} // namespace bench
