// Whether AddressSanitizer watches this program, which then takes many times as long.
#pragma once

#include <inlay/instruction_set.hpp>

namespace laws {

inline constexpr bool sanitized = INLAY_WATCHED;

} // namespace laws
