#pragma once

#include "machine/machine.hpp"
#include "run.hpp"
#include "topology.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

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
