#pragma once

#include "net/topology.hpp"
#include "peer/session.hpp"
#include "timing/run.hpp"

#include <string>
#include <vector>

namespace bench {

/// What a state of the numbers does to the speed of one library: ns in that state and ns with ordinary numbers,
/// measured together.
struct state_cost {
  std::string what; ///< "inference", "training step"
  std::string state;
  std::string library;
  double ns, normal_ns;
};

/// Inference with denormal, saturating, infinite and NaN inputs and weights.
std::vector<state_cost> measure_inference_states(const topology&, const std::vector<const library*>&, effort);
/// Training steps of one sample with such inputs, and with moments that have decayed.
std::vector<state_cost> measure_training_states(const topology&, const std::vector<const library*>&, effort);

} // namespace bench
