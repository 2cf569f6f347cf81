#pragma once

#include <cstddef>

namespace bench {

/// Calls of malloc and its kin in this process so far, operator new among them: allocations.cpp stands before the C
/// library's own functions and counts.
std::size_t allocations() noexcept;

} // namespace bench
