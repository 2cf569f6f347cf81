#pragma once

#include "net/topology.hpp"

#include <string_view>
#include <vector>

namespace bench {

/// The net of that name, or the first: a build of the user's own has no other.
inline const topology& net_called(std::string_view name, const std::vector<topology>& nets) {
  for (const auto& net : nets)
    if (net.name == name) return net;
  return nets.front();
}

/// The net that stands for all where one is shown: single calls of every library, the states of the numbers.
inline const topology& example_net(const std::vector<topology>& inference_nets) {
  return net_called("N4", inference_nets);
}

/// The nets that are measured with many sizes of batches: one whose weights fit in L1, one whose weights do not.
inline std::vector<topology> swept_nets(const std::vector<topology>& inference_nets) {
  if (inference_nets.size() == 1) return inference_nets;
  return {net_called("N4", inference_nets), net_called("N5", inference_nets)};
}

} // namespace bench
