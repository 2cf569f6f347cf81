#pragma once

#include "result.hpp"

#include <vector>

namespace bench {

void print(const machine&);
void print(const std::vector<result>&);

} // namespace bench
