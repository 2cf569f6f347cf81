#pragma once

#include "timing/run.hpp"

#include <string>
#include <vector>

namespace bench {

/// One of inlay's activations over numbers in L1, per register of the build's instruction set.
struct activation_cost {
  std::string name;
  std::string error;     ///< what it states: in ULP, or an absolute error where it trades digits for speed
  double value = 0;      ///< ns per register: σ
  double derivative = 0; ///< ns per register: σ and σ′, as training needs them
  double latency = 0;    ///< ns from z to σ(z)
};

std::vector<activation_cost> measure_activations(effort);

} // namespace bench
