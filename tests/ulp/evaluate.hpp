#pragma once

#include <cstddef>

namespace ulp {

/// Numbers that are evaluated together: whole registers of any kind.
inline constexpr std::size_t together = 16;

enum class wanted {
  both,
  value,
  derivative,
};

/// σ, σ′ or both of each. In a unit of its own, which may be compiled with -ffast-math; what judges it may not.
template <class Activation, class T>
void evaluate(const T* z, T* value, T* derivative, wanted what) noexcept;

/// Whether that unit was compiled so that infinity and NaN mean nothing to it.
extern const bool only_finite;

} // namespace ulp
