#pragma once

#include "machine/machine.hpp"
#include "net/topology.hpp"

#include <functional>
#include <string>

namespace bench {

/// The least time from one call's input to the next one's, if every operation is as fast as this machine has it:
///   for each layer: the hand-over (what the layer before stored comes back as broadcasts), its sums in g groups that
///     each wait for themselves, as many multiply-adds as the ports take where that is more, the groups added as a
///     tree, σ;
///   and one more hand-over from the output of one call to the input of the next.
/// g is the best power of two, the accumulators within the registers there are.
/// `activation_latency`: ns from z to σ(z).
double dependency_chain_ns(const machine&, const topology&,
                           const std::function<double(const std::string&)>& activation_latency);

} // namespace bench
