#pragma once

#include "inlay/math/arithmetic.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

// g++ 12 warns of `__Y` in its own avx512fintrin.h (GCC bug 105593) wherever an intrinsic of this file or of xsimd is
// inlined; the pragma holds for what is defined between push and pop.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
// <windows.h> makes macros of these two, and xsimd has functions of their names.
#pragma push_macro("min")
#pragma push_macro("max")
#undef min
#undef max
#include <xsimd/xsimd.hpp>
#pragma pop_macro("max")
#pragma pop_macro("min")

/// The instructions that xsimd does not reach: the one place where an intrinsic or an `#if` may stand.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd::instruction {

template <class Arch>
inline constexpr bool is_avx512 = sizeof(xsimd::batch<float, Arch>) == 64;

/// Vector registers a kernel may count on.
#if defined(__AVX512VL__) || defined(__aarch64__)
inline constexpr std::size_t register_count = 32;
#else
inline constexpr std::size_t register_count = 16;
#endif

/// Whether a multiply-add is one instruction.
#if defined(__FMA__) || defined(__AVX512F__) || defined(__aarch64__)
inline constexpr bool fused = true;
#else
inline constexpr bool fused = false;
#endif

/// Whether a multiply-add takes a factor from one lane of a register, so that a number read needs no broadcast. g++ then
/// reads the numbers of all rows of a tile before it multiplies, each into a register of its own.
#if defined(__aarch64__)
inline constexpr bool by_lane = true;
#else
inline constexpr bool by_lane = false;
#endif

/// Whether an AddressSanitizer watches each access to memory. It sees none through a mask.
inline constexpr bool watched = INLAY_WATCHED;

/// Whether g++ checks every access. UndefinedBehaviorSanitizer beside it takes the address of each register that a function
/// gets by reference, as xsimd's do, so that it stays in memory and is checked, too.
#if defined(__clang__)
inline constexpr bool checked = false;
#else
inline constexpr bool checked = watched;
#endif

/// A register's worth of numbers at p, aligned. In one call, where xsimd takes three: a kernel has hundreds of these, and
/// g++ inlines each (64-64-64-10: 1.15 s of compiling, 1.08 so; the same again for `data` in multiply_add).
template <class T, class A>
xsimd::batch<T, A> load(const T* p) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A> && std::is_same_v<T, float>) return _mm512_load_ps(p);
  else if constexpr (is_avx512<A>) return _mm512_load_pd(p);
  else
#endif
    return xsimd::batch<T, A>::load_aligned(p);
}

/// All bits of the first n lanes.
template <std::size_t n, class T, class A>
auto first_lanes() noexcept {
  using bits = std::conditional_t<sizeof(T) == sizeof(int), int, long long>;
  typedef bits lanes __attribute__((vector_size(sizeof(xsimd::batch<T, A>))));
  return []<std::size_t... i>(std::index_sequence<i...>) {
    return lanes{(i < n ? bits(-1) : bits(0))...};
  }(std::make_index_sequence<xsimd::batch<T, A>::size>{});
}

/// n numbers at p, and zeros, by way of memory.
template <std::size_t n, class T, class A>
xsimd::batch<T, A> load_copy(const T* p) noexcept {
  alignas(sizeof(xsimd::batch<T, A>)) T numbers[xsimd::batch<T, A>::size]{};
  __builtin_memcpy(numbers, p, n * sizeof(T));
  return xsimd::batch<T, A>::load_aligned(numbers);
}

/// n numbers at p, of any alignment, and zeros; nothing behind them is read. Not by way of memory: a register read where its parts
/// were just written waits until they are in the cache.
template <std::size_t n, class T, class A>
xsimd::batch<T, A> load_first(const T* p) noexcept {
  using batch = xsimd::batch<T, A>;
  if constexpr (n >= batch::size) return batch::load_unaligned(p);
  else if constexpr (watched) return load_copy<n, T, A>(p);
#if defined(__AVX512F__)
  else if constexpr (is_avx512<A> && std::is_same_v<T, float>) return _mm512_maskz_loadu_ps((1u << n) - 1, p);
  else if constexpr (is_avx512<A>) return _mm512_maskz_loadu_pd((1u << n) - 1, p);
#endif
#if defined(__AVX512VL__)
  else if constexpr (sizeof(batch) == 32 && std::is_same_v<T, float>) return _mm256_maskz_loadu_ps((1u << n) - 1, p);
  else if constexpr (sizeof(batch) == 32) return _mm256_maskz_loadu_pd((1u << n) - 1, p);
  else if constexpr (std::is_same_v<T, float>) return _mm_maskz_loadu_ps((1u << n) - 1, p);
  else return _mm_maskz_loadu_pd((1u << n) - 1, p);
#elif defined(__AVX__)
  else if constexpr (sizeof(batch) == 32 && std::is_same_v<T, float>) return _mm256_maskload_ps(p, (__m256i)first_lanes<n, T, A>());
  else if constexpr (sizeof(batch) == 32) return _mm256_maskload_pd(p, (__m256i)first_lanes<n, T, A>());
  else if constexpr (std::is_same_v<T, float>) return _mm_maskload_ps(p, (__m128i)first_lanes<n, T, A>());
  else return _mm_maskload_pd(p, (__m128i)first_lanes<n, T, A>());
#elif defined(__SSE2__)
  else if constexpr (sizeof(T) == 8) return _mm_load_sd(p);
  else if constexpr (n == 1) return _mm_load_ss(p);
  else {
    const __m128 two = _mm_loadl_pi(_mm_setzero_ps(), reinterpret_cast<const __m64*>(p));
    if constexpr (n == 2) return two;
    else return _mm_movelh_ps(two, _mm_load_ss(p + 2));
  }
#else
  else return load_copy<n, T, A>(p);
#endif
}

#if defined(__SSE2__)
/// The first n lanes of 16 bytes to p, in two parts at most.
template <std::size_t n>
void store_quarter(__m128 x, float* p) noexcept {
  if constexpr (n == 4) _mm_storeu_ps(p, x);
  else if constexpr (n >= 2) {
    _mm_storel_pi(reinterpret_cast<__m64*>(p), x);
    if constexpr (n == 3) _mm_store_ss(p + 2, _mm_movehl_ps(x, x));
  } else if constexpr (n == 1) {
    _mm_store_ss(p, x);
  }
}
template <std::size_t n>
void store_quarter(__m128d x, double* p) noexcept {
  if constexpr (n == 2) _mm_storeu_pd(p, x);
  else if constexpr (n == 1) _mm_store_sd(p, x);
}
#endif

#if defined(__AVX__)
template <int k>
__m128 half(__m256 x) noexcept {
  return _mm256_extractf128_ps(x, k);
}
template <int k>
__m128d half(__m256d x) noexcept {
  return _mm256_extractf128_pd(x, k);
}
#endif

/// The first n lanes to p, by way of memory.
template <std::size_t n, class T, class A>
void store_copy(xsimd::batch<T, A> x, T* p) noexcept {
  alignas(sizeof x) T numbers[xsimd::batch<T, A>::size];
  x.store_aligned(numbers);
  __builtin_memcpy(p, numbers, n * sizeof(T));
}

/// The first n lanes to p, of any alignment; nothing behind them is written.
template <std::size_t n, class T, class A>
void store_first(xsimd::batch<T, A> x, T* p) noexcept {
  if constexpr (n >= xsimd::batch<T, A>::size) x.store_unaligned(p);
  else if constexpr (watched) store_copy<n>(x, p);
#if defined(__AVX512F__)
  else if constexpr (is_avx512<A> && std::is_same_v<T, float>) _mm512_mask_storeu_ps(p, (1u << n) - 1, x.data);
  else if constexpr (is_avx512<A>) _mm512_mask_storeu_pd(p, (1u << n) - 1, x.data);
#endif
#if defined(__AVX512VL__)
  else if constexpr (sizeof x == 32 && std::is_same_v<T, float>) _mm256_mask_storeu_ps(p, (1u << n) - 1, x.data);
  else if constexpr (sizeof x == 32) _mm256_mask_storeu_pd(p, (1u << n) - 1, x.data);
#elif defined(__AVX__)
  else if constexpr (sizeof x == 32) {
    constexpr std::size_t quarter = 16 / sizeof(T);
    store_quarter<(n < quarter ? n : quarter)>(half<0>(x.data), p);
    if constexpr (n > quarter) store_quarter<n - quarter>(half<1>(x.data), p + quarter);
  }
#endif
#if defined(__SSE2__)
  else store_quarter<n>(x.data, p);
#else
  else
    store_copy<n>(x, p);
#endif
}

// xsimd 8.1's fma on AVX-512 is x * y + z, which clang does not contract across calls. So it is
// on 16 bytes of an AVX2 build, whose arch is SSE4.2.
template <class T, class A>
xsimd::batch<T, A> multiply_add(xsimd::batch<T, A> a, xsimd::batch<T, A> b, xsimd::batch<T, A> c) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A> && std::is_same_v<T, float>) return _mm512_fmadd_ps(a.data, b.data, c.data);
  else if constexpr (is_avx512<A>) return _mm512_fmadd_pd(a.data, b.data, c.data);
#endif
#if defined(__FMA__)
  if constexpr (sizeof a == 16 && std::is_same_v<T, float>) return _mm_fmadd_ps(a.data, b.data, c.data);
  else if constexpr (sizeof a == 16) return _mm_fmadd_pd(a.data, b.data, c.data);
#endif
  return xsimd::fma(a, b, c);
}

template <class T, class A>
xsimd::batch<T, A> negated_multiply_add(xsimd::batch<T, A> a, xsimd::batch<T, A> b, xsimd::batch<T, A> c) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A> && std::is_same_v<T, float>) return _mm512_fnmadd_ps(a.data, b.data, c.data);
  else if constexpr (is_avx512<A>) return _mm512_fnmadd_pd(a.data, b.data, c.data);
#endif
#if defined(__FMA__)
  if constexpr (sizeof a == 16 && std::is_same_v<T, float>) return _mm_fnmadd_ps(a.data, b.data, c.data);
  else if constexpr (sizeof a == 16) return _mm_fnmadd_pd(a.data, b.data, c.data);
#endif
  return xsimd::fnma(a, b, c);
}

/// a / b, rounded once. xsimd 8.1 divides floats on NEON by an estimate of the reciprocal, 3 units in the last place off.
template <class T, class A>
xsimd::batch<T, A> quotient(xsimd::batch<T, A> a, xsimd::batch<T, A> b) noexcept {
  using reg = typename xsimd::batch<T, A>::register_type;
#if defined(__FAST_MATH__) && defined(__SSE2__)
  // Compilers would multiply by an estimate of the reciprocal, which is zero from 2^126 on.
  reg result = a.data;
#if defined(__AVX__)
  if constexpr (std::is_same_v<T, float>) asm("vdivps %1, %0, %0" : "+v"(result) : "v"(b.data));
  else asm("vdivpd %1, %0, %0" : "+v"(result) : "v"(b.data));
#else
  if constexpr (std::is_same_v<T, float>) asm("divps %1, %0" : "+x"(result) : "x"(b.data));
  else asm("divpd %1, %0" : "+x"(result) : "x"(b.data));
#endif
  return result;
#else
  return reg(a.data / b.data);
#endif
}

/// √x, rounded once. xsimd 8.1 takes the root of floats on NEON by an estimate, which makes a NaN of infinity.
template <class T, class A>
xsimd::batch<T, A> square_root(xsimd::batch<T, A> x) noexcept {
#if defined(__aarch64__)
  if constexpr (std::is_same_v<T, float>) return vsqrtq_f32(x);
  else
#endif
    return xsimd::sqrt(x);
}

/// An estimate of 1 / x with a relative error below 2^-14 where the instruction set has a fast one, else the quotient.
template <class A>
xsimd::batch<float, A> reciprocal_estimate(xsimd::batch<float, A> x) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A>) return _mm512_rcp14_ps(x);
  else
#endif
    return quotient(xsimd::batch<float, A>(1.0f), x);
}

/// Whether square roots and quotients of whole registers beat an estimate and a step of Newton's: Intel's take 18 cycles.
inline constexpr bool fast_division = INLAY_ZEN >= 3;

/// Whether AVX-512 works by halves.
inline constexpr bool by_halves = INLAY_ZEN == 4;

/// Whether a shuffle of AVX-512's runs beside two multiply-adds. Intel's takes the port of one of them.
inline constexpr bool shuffles_aside = INLAY_ZEN >= 4;

/// An estimate of 1 / √x, x normal, with a relative error below 2^-14 (AVX-512), or the quotient.
template <class A>
xsimd::batch<float, A> reciprocal_root_estimate(xsimd::batch<float, A> x) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A>) return _mm512_rsqrt14_ps(x);
  else
#endif
    return xsimd::batch<float, A>(1.0f) / xsimd::sqrt(x);
}

/// x, but +0 where it is zero or denormal: by its power of two, which is zero or normal, because a comparison of x would
/// itself meet the denormal, or by its class (clang turns the mask around, which
/// takes as long as the comparison).
template <class T, class A>
xsimd::batch<T, A> flush_denormal(xsimd::batch<T, A> x) noexcept {
#if defined(__AVX512DQ__) && !defined(__clang__)
  constexpr int zero_or_denormal = 0x26;
  if constexpr (is_avx512<A> && std::is_same_v<T, float>)
    return _mm512_mask_mov_ps(x, _mm512_fpclass_ps_mask(x, zero_or_denormal), _mm512_setzero_ps());
  else if constexpr (is_avx512<A>)
    return _mm512_mask_mov_pd(x, _mm512_fpclass_pd_mask(x, zero_or_denormal), _mm512_setzero_pd());
  else
#endif
  {
    using batch = xsimd::batch<T, A>;
    using bits = xsimd::batch<xsimd::as_unsigned_integer_t<T>, A>;
    const batch power = math::bit_cast<batch>(math::bit_cast<bits>(x) & bits(math::ieee<T>::exponent_mask));
    return xsimd::select(power < batch(math::ieee<T>::smallest), batch(T(0)), x);
  }
}

/// a0 b0 a1 b1 ... from the lower (upper) half of each 16 bytes of a and b. xsimd's zip_lo is this on some instruction sets only.
template <class T, class A>
xsimd::batch<T, A> interleave_low(xsimd::batch<T, A> a, xsimd::batch<T, A> b) noexcept {
  using reg = typename xsimd::batch<T, A>::register_type;
  constexpr std::size_t n = xsimd::batch<T, A>::size, quarter = 16 / sizeof(T);
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return reg(__builtin_shufflevector(a.data, b.data, (i / quarter * quarter + i % quarter / 2 + i % 2 * n)...));
  }(std::make_index_sequence<n>{});
}
template <class T, class A>
xsimd::batch<T, A> interleave_high(xsimd::batch<T, A> a, xsimd::batch<T, A> b) noexcept {
  using reg = typename xsimd::batch<T, A>::register_type;
  constexpr std::size_t n = xsimd::batch<T, A>::size, quarter = 16 / sizeof(T);
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return reg(__builtin_shufflevector(a.data, b.data, (i / quarter * quarter + quarter / 2 + i % quarter / 2 + i % 2 * n)...));
  }(std::make_index_sequence<n>{});
}

/// Every second 16 bytes of a, then of b, from the first or (odd) the second on.
template <bool odd, class T, class A>
xsimd::batch<T, A> every_second_quarter(xsimd::batch<T, A> a, xsimd::batch<T, A> b) noexcept {
  using reg = typename xsimd::batch<T, A>::register_type;
  constexpr std::size_t n = xsimd::batch<T, A>::size, quarter = 16 / sizeof(T);
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return reg(__builtin_shufflevector(a.data, b.data, ((2 * (i / quarter) + odd) * quarter + i % quarter)...));
  }(std::make_index_sequence<n>{});
}

/// The 16 bytes at p, of any alignment, again and again.
template <class T, class A>
xsimd::batch<T, A> load_quarter(const T* p) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<A>) {
    const __m512 all = _mm512_broadcast_f32x4(_mm_loadu_ps(reinterpret_cast<const float*>(p)));
    if constexpr (std::is_same_v<T, float>) return all;
    else return _mm512_castps_pd(all);
  }
#endif
#if defined(__AVX__)
  if constexpr (sizeof(xsimd::batch<T, A>) == 32) {
    const __m256 all = _mm256_broadcast_ps(reinterpret_cast<const __m128*>(p));
    if constexpr (std::is_same_v<T, float>) return all;
    else return _mm256_castps_pd(all);
  }
#endif
  return xsimd::batch<T, A>::load_unaligned(p);
}

/// Number i of each 16 bytes, in all places of those bytes.
template <std::size_t i, class T, class A>
xsimd::batch<T, A> spread(xsimd::batch<T, A> x) noexcept {
  using reg = typename xsimd::batch<T, A>::register_type;
  constexpr std::size_t n = xsimd::batch<T, A>::size, quarter = 16 / sizeof(T);
  return [&]<std::size_t... k>(std::index_sequence<k...>) {
    return reg(__builtin_shufflevector(x.data, x.data, (k / quarter * quarter + i)...));
  }(std::make_index_sequence<n>{});
}

/// Lane i of x in lane i ^ distance, distance a power of two: immediate shuffles, the last two within 16 bytes.
template <std::size_t distance, class T, class A>
xsimd::batch<T, A> exchange(xsimd::batch<T, A> x) noexcept {
  using reg = typename xsimd::batch<T, A>::register_type;
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return reg(__builtin_shufflevector(x.data, x.data, (i ^ distance)...));
  }(std::make_index_sequence<xsimd::batch<T, A>::size>{});
}

/// x in lane 0, zeros in the others.
template <class T, class A>
xsimd::batch<T, A> in_first(T x) noexcept {
  return typename xsimd::batch<T, A>::register_type{x};
}

/// Lane 0.
template <class T, class A>
T first(xsimd::batch<T, A> x) noexcept {
  return x.data[0];
}

/// x with the lanes from `kept` on taken from `rest`.
template <std::size_t kept, class T, class A>
xsimd::batch<T, A> keep_first(xsimd::batch<T, A> x, xsimd::batch<T, A> rest) noexcept {
  using reg = typename xsimd::batch<T, A>::register_type;
  constexpr std::size_t n = xsimd::batch<T, A>::size;
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return reg(__builtin_shufflevector(x.data, rest.data, (i < kept ? i : n + i)...));
  }(std::make_index_sequence<n>{});
}

/// a, then b, in a register of twice the width.
template <class T, class A>
auto join(xsimd::batch<T, A> a, xsimd::batch<T, A> b) noexcept {
  using wide = xsimd::make_sized_batch_t<T, 2 * xsimd::batch<T, A>::size>;
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return wide(typename wide::register_type(__builtin_shufflevector(a.data, b.data, i...)));
  }(std::make_index_sequence<wide::size>{});
}

/// x, then zeros, in a wider register.
template <class Wide, class T, class A>
Wide widened(xsimd::batch<T, A> x) noexcept {
  if constexpr (xsimd::batch<T, A>::size < Wide::size) return widened<Wide>(join(x, xsimd::batch<T, A>(T(0))));
  else return typename Wide::register_type(x);
}

/// x again and again in a wider register.
template <class Wide, class T, class A>
Wide repeat(xsimd::batch<T, A> x) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<typename Wide::arch_type> && sizeof x == 16 && std::is_same_v<T, float>)
    return _mm512_shuffle_f32x4(_mm512_castps128_ps512(x.data), _mm512_castps128_ps512(x.data), 0);
#endif
  if constexpr (xsimd::batch<T, A>::size < Wide::size) return repeat<Wide>(join(x, x));
  else return typename Wide::register_type(x);
}

/// a in the lower half of the lanes, b in the upper. On AVX-512 two loads where both are in memory.
template <class Wide, class T>
Wide halves(T a, T b) noexcept {
#if defined(__AVX512F__)
  if constexpr (is_avx512<typename Wide::arch_type> && std::is_same_v<T, float>)
    return _mm512_mask_mov_ps(_mm512_set1_ps(a), 0xff00, _mm512_set1_ps(b));
  else if constexpr (is_avx512<typename Wide::arch_type>)
    return _mm512_mask_mov_pd(_mm512_set1_pd(a), 0xf0, _mm512_set1_pd(b));
  else
#endif
    return join(xsimd::make_sized_batch_t<T, Wide::size / 2>(a), xsimd::make_sized_batch_t<T, Wide::size / 2>(b));
}

/// Half number h of the lanes of x.
template <std::size_t h, class T, class A>
auto half(xsimd::batch<T, A> x) noexcept {
  constexpr std::size_t n = xsimd::batch<T, A>::size / 2;
  using narrow = xsimd::make_sized_batch_t<T, n>;
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return narrow(typename narrow::register_type(__builtin_shufflevector(x.data, x.data, (h * n + i)...)));
  }(std::make_index_sequence<n>{});
}

/// The 16 bytes number q of x again and again in a register as wide or wider.
template <std::size_t q, class Wide, class T, class A>
Wide repeat_quarter(xsimd::batch<T, A> x) noexcept {
  constexpr std::size_t quarter = 16 / sizeof(T);
  if constexpr (sizeof x == 16) return repeat<Wide>(x);
  else return [&]<std::size_t... k>(std::index_sequence<k...>) {
    return Wide(typename Wide::register_type(__builtin_shufflevector(x.data, x.data, (q * quarter + k % quarter)...)));
  }(std::make_index_sequence<Wide::size>{});
}

/// Lane k is number `from` + k / length of each n lanes of x.
template <std::size_t length, std::size_t from, std::size_t n, class T, class A>
xsimd::batch<T, A> spread_run(xsimd::batch<T, A> x) noexcept {
  return [&]<std::size_t... k>(std::index_sequence<k...>) {
#if defined(__AVX512F__) // g++ takes the shuffle of integers that goes through all lanes
    typedef int places __attribute__((vector_size(64)));
    if constexpr (is_avx512<A> && std::is_same_v<T, float> && n == 4)
      return xsimd::batch<T, A>(_mm512_permutevar_ps(x, (__m512i)places{int(from + k / length)...}));
    else if constexpr (is_avx512<A> && std::is_same_v<T, float>)
      return xsimd::batch<T, A>(_mm512_permutexvar_ps((__m512i)places{int(k / n * n + from + k / length)...}, x));
    else
#endif
      return xsimd::batch<T, A>(typename xsimd::batch<T, A>::register_type(__builtin_shufflevector(x.data, x.data, (k / n * n + from + k / length)...)));
  }(std::make_index_sequence<xsimd::batch<T, A>::size>{});
}

/// x as rows of `row` lanes, zero but for the first `kept` of each of the first `rows`.
template <std::size_t row, std::size_t kept, std::size_t rows, class T, class A>
xsimd::batch<T, A> keep_in_rows(xsimd::batch<T, A> x) noexcept {
  using reg = typename xsimd::batch<T, A>::register_type;
  constexpr std::size_t n = xsimd::batch<T, A>::size;
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return reg(__builtin_shufflevector(x.data, reg{}, (i % row < kept && i / row < rows ? i : n + i)...));
  }(std::make_index_sequence<n>{});
}

/// The thread's floating-point mode, and its bits for flush-to-zero and denormals-are-zero. The clobber keeps loads and
/// stores, and with them the arithmetic between, on their side of a change.
#if defined(__SSE2__)
inline constexpr std::uint64_t flushing = 0x8040;
inline std::uint64_t floating_point_mode() noexcept { return _mm_getcsr(); }
inline void set_floating_point_mode(std::uint64_t mode) noexcept {
  asm volatile("" ::: "memory");
  _mm_setcsr(static_cast<unsigned>(mode));
  asm volatile("" ::: "memory");
}
#else
inline constexpr std::uint64_t flushing = std::uint64_t{1} << 24;
inline std::uint64_t floating_point_mode() noexcept {
  std::uint64_t mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}
inline void set_floating_point_mode(std::uint64_t mode) noexcept { asm volatile("msr fpcr, %0" ::"r"(mode) : "memory"); }
#endif

/// Whether the compiler may regroup sums and products.
#if defined(__FAST_MATH__)
inline constexpr bool regroups = true;
#else
inline constexpr bool regroups = false;
#endif

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
