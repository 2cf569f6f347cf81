#pragma once

#include "machine/machine.hpp"
#include "net/topology.hpp"
#include "timing/median.hpp"
#include "timing/run.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// One net, one task, measured together: everybody's repetitions in ns per call, and what the machine allows.
struct result {
  topology net;
  std::string task; ///< "back-to-back", "dependent", "batch", "training"
  std::size_t batch;
  double limit; ///< ns; from the machine's loops run between the libraries' own repetitions
  std::string limited_by;
  std::vector<candidate> libraries;

  std::optional<double> ns(std::string_view library) const {
    for (const auto& l : libraries)
      if (l.name == library) return median(l.ns);
    return {};
  }
};

} // namespace bench
