#pragma once

#include "report/report.hpp"

#include <string>
#include <vector>

namespace bench {

/// The tables of a run.
void print(const report&);

/// The peers that any of these rows has, in the order in which they are shown.
std::vector<std::string> peers_in(const std::vector<result>&);

} // namespace bench
