#pragma once

#include "inlay/kernel/simd/register.hpp"

namespace laws {

/// Calls f<Pack>() for the registers of T that a kernel of this build may choose: 16, 32 and 64 bytes, as far as there
/// are.
template <class T, class F>
void for_each_register(F f) {
  using inlay::kernel::simd::register_for;
  f.template operator()<register_for<T, 64 / sizeof(T)>>();
  f.template operator()<register_for<T, 32 / sizeof(T)>>();
  f.template operator()<register_for<T, 16 / sizeof(T)>>();
}

} // namespace laws
