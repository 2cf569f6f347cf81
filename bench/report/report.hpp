#pragma once

#include "activation/cost.hpp"
#include "machine/machine.hpp"
#include "measure/result.hpp"
#include "measure/single_calls.hpp"
#include "measure/states.hpp"
#include "peer/blas_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace bench {

/// Everything that one run of the program measured.
struct report {
  blas_core blas;
  bench::machine machine;
  std::vector<activation_cost> activations;
  std::vector<result> results;
  std::vector<std::pair<topology, std::vector<single_calls>>> calls;
  std::vector<state_cost> states;
  std::vector<std::string> wrong, left_out;
  quietness quiet;

  /// ns from z to σ(z) of inlay's activation of that name: the identity takes none.
  double activation_latency(const std::string& name) const {
    for (const auto& a : activations)
      if (a.name == name) return a.latency;
    return 0;
  }
};

} // namespace bench
