#pragma once

#include "report/report.hpp"

#include <string>

namespace bench {

/// Everything measured, every repetition of it.
void write_json(const std::string& path, const report&);

/// Tables of numbers that the scripts in plot/ draw.
void write_plot_data(const std::string& folder, const report&);

} // namespace bench
