#pragma once

#include "inlay/kernel/layout.hpp"
#include "inlay/kernel/simd/pack.hpp"

#include <cstddef>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

using default_arch = xsimd::default_arch;

/// The register for rows of N numbers: the narrowest that needs no more registers than Arch's own, so that a layer of 6
/// computes 8 lanes on AVX-512, not 16. A row is whole registers of this type for every kernel that touches it.
template <class T, std::size_t N, class Arch>
struct register_for_impl {
  static constexpr std::size_t native = xsimd::batch<T, Arch>::size;
  static constexpr std::size_t smallest = 16 / sizeof(T);
  static constexpr std::size_t lanes = N <= smallest ? smallest : (N <= 2 * smallest ? 2 * smallest : native);
  static auto choose() noexcept { // xsimd looks for a narrower one in every instruction set it knows: only where it must
    if constexpr (lanes < native) return pack<T, typename xsimd::make_sized_batch_t<T, lanes>::arch_type>{};
    else return pack<T, Arch>{};
  }
  using type = decltype(choose());
};
template <class T, std::size_t N, class Arch = default_arch>
using register_for = typename register_for_impl<T, N, Arch>::type;

constexpr std::size_t ceil_div(std::size_t a, std::size_t b) noexcept { return (a + b - 1) / b; }

/// Registers in a row of N numbers.
template <class P, std::size_t N>
inline constexpr std::size_t registers = ceil_div(N, P::lanes);

/// Numbers in those registers: what every kernel that writes a row of N must write, and may read.
template <class T, std::size_t N, class Arch>
inline constexpr std::size_t covered = registers<register_for<T, N, Arch>, N> * register_for<T, N, Arch>::lanes;

/// Calls f<n>(i) for the registers of a row of N numbers, n of each being the row's.
template <std::size_t N, class P, class F>
[[gnu::always_inline]] inline void for_each_register(F f) noexcept {
  constexpr std::size_t last = (registers<P, N> - 1) * P::lanes;
  for (std::size_t i = 0; i < last; i += P::lanes) f.template operator()<P::lanes>(i);
  f.template operator()<N - last>(last);
}

/// p with the lanes from n on replaced by those of `rest`; n counts from 1 to P::lanes.
template <std::size_t n, class P>
P keep_first(P p, P rest = P(typename P::scalar(0))) noexcept {
  if constexpr (n >= P::lanes) return p;
  else return instruction::keep_first<n>(p.v, rest.v);
}

/// The sum (largest) of the lanes, by halves.
template <class F, class P, std::size_t half = P::lanes / 2>
typename P::scalar fold_lanes(P p, F f) noexcept {
  p = f(p, P(instruction::exchange<half>(p.v)));
  if constexpr (half > 1) return fold_lanes<F, P, half / 2>(p, f);
  else return instruction::first(p.v);
}

} // namespace inlay::kernel::simd
