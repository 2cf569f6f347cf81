#pragma once

#include "inlay/concepts.hpp"

#include <type_traits>

// g++ 12 warns of `__Y` in its own avx512fintrin.h (GCC bug 105593) wherever an intrinsic of this file or of xsimd is
// inlined; the pragma holds for what is defined between push and pop.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <xsimd/xsimd.hpp>

/// The instructions that xsimd does not reach: the one place where an intrinsic or an `#if` may stand.
namespace inlay::kernel::simd::instruction {

template <class Arch>
inline constexpr bool is_avx512 = sizeof(xsimd::batch<float, Arch>) == 64;

// xsimd 8.1's fma on AVX-512 is x * y + z, which clang does not contract across calls: 110 instead of 177 GFLOP/s.
template <class T, class A>
xsimd::batch<T, A> multiply_add(xsimd::batch<T, A> a, xsimd::batch<T, A> b, xsimd::batch<T, A> c) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A> && std::is_same_v<T, float>) return _mm512_fmadd_ps(a, b, c);
  else if constexpr (is_avx512<A>) return _mm512_fmadd_pd(a, b, c);
  else
#endif
    return xsimd::fma(a, b, c);
}

template <class T, class A>
xsimd::batch<T, A> negated_multiply_add(xsimd::batch<T, A> a, xsimd::batch<T, A> b, xsimd::batch<T, A> c) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A> && std::is_same_v<T, float>) return _mm512_fnmadd_ps(a, b, c);
  else if constexpr (is_avx512<A>) return _mm512_fnmadd_pd(a, b, c);
  else
#endif
    return xsimd::fnma(a, b, c);
}

/// An estimate of 1 / x with a relative error below 2^-14 where the instruction set has a fast one, else the quotient.
template <class A>
xsimd::batch<float, A> reciprocal_estimate(xsimd::batch<float, A> x) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A>) return _mm512_rcp14_ps(x);
  else
#endif
    return xsimd::batch<float, A>(1.0f) / x;
}

/// x, of which the compiler knows nothing: (x + y) - y stays as it is under -ffast-math. No instruction.
template <class T, class A>
xsimd::batch<T, A> opaque(xsimd::batch<T, A> x) noexcept {
#if defined(__x86_64__) || defined(__i386__)
  asm("" : "+v"(x.data));
#elif defined(__aarch64__)
  asm("" : "+w"(x.data));
#endif
  return x;
}

} // namespace inlay::kernel::simd::instruction

#pragma GCC diagnostic pop
