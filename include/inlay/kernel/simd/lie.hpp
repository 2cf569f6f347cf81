#pragma once

#include "inlay/instruction_set.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// Rows of ours: lines begin at the alignment and have padding to the end of their last register. Others may lie anywhere, one
/// behind the other.
enum class lie {
  in_lines,
  anywhere,
};

} // namespace inlay::kernel::simd
