#pragma once

#include "result.hpp"

#include <string>
#include <vector>

namespace bench {

void write_json(const std::string& path, const machine&, const std::vector<result>&);

} // namespace bench
