#pragma once

/// INLAY_INSTRUCTION_SET is the name of the inline namespace of all code that depends on how it is compiled: the
/// instructions that the compiler may use, asked for or not, and the liberties that it may take with arithmetic. Units of
/// one program that are compiled differently then share no function; without it the linker would keep one of two, for
/// AVX-512 perhaps, and the program would die on a processor without. Descriptions of layers and sentences of refusal stay
/// outside, so that errors read the same everywhere.

/// `name` where the compiler defines `feature` as 1, nothing elsewhere.
#define INLAY_IF(feature, name) INLAY_IF_VALUE(feature, name)
#define INLAY_IF_VALUE(value, name) INLAY_SECOND(INLAY_IF_##value name, , )
#define INLAY_IF_1 ~,
#define INLAY_SECOND(...) INLAY_SECOND_OF(__VA_ARGS__)
#define INLAY_SECOND_OF(first, second, ...) second

#define INLAY_JOIN(...) INLAY_JOIN_8(__VA_ARGS__, , , , , , , , )
#define INLAY_JOIN_8(a, b, c, d, e, f, g, h, ...) INLAY_PASTE(a, b, c, d, e, f, g, h)
#define INLAY_PASTE(a, b, c, d, e, f, g, h) a##b##c##d##e##f##g##h

// --- registers: SSE2 and wider, or NEON with doubles; elsewhere (Cortex-M, RISC-V, 32-bit x86) the reference serves -----

#if defined(__SSE2__) || defined(__aarch64__)
#define INLAY_HAS_SIMD 1
#else
#define INLAY_HAS_SIMD 0
#endif

// --- an AddressSanitizer, which sees no access through a mask --------------------------------------------------------

#if defined(__SANITIZE_ADDRESS__)
#define INLAY_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define INLAY_WATCHED 1
#endif
#endif
#ifndef INLAY_WATCHED
#define INLAY_WATCHED 0
#endif

// --- x86: the level of the psABI, then what is there beyond it -------------------------------------------------------

#if defined(__SSE3__) && defined(__SSSE3__) && defined(__SSE4_1__) && defined(__SSE4_2__) && defined(__POPCNT__)
#define INLAY_V2
#define INLAY_IS_V2 1
#else
#define INLAY_V2                                                                                   \
  INLAY_JOIN(INLAY_IF(__SSE3__, _sse3), INLAY_IF(__SSSE3__, _ssse3), INLAY_IF(__SSE4_1__, _sse41), \
             INLAY_IF(__SSE4_2__, _sse42), INLAY_IF(__POPCNT__, _popcnt))
#define INLAY_IS_V2 0
#endif

#if INLAY_IS_V2 && defined(__AVX2__) && defined(__FMA__) && defined(__F16C__) && defined(__BMI__) && defined(__BMI2__) && \
    defined(__LZCNT__) && defined(__MOVBE__)
#define INLAY_V3
#define INLAY_IS_V3 1
#else
#define INLAY_V3                                                                                                     \
  INLAY_JOIN(INLAY_IF(__AVX__, _avx), INLAY_IF(__AVX2__, _avx2), INLAY_IF(__FMA__, _fma), INLAY_IF(__F16C__, _f16c), \
             INLAY_IF(__BMI__, _bmi), INLAY_IF(__BMI2__, _bmi2), INLAY_IF(__LZCNT__, _lzcnt), INLAY_IF(__MOVBE__, _movbe))
#define INLAY_IS_V3 0
#endif

#if INLAY_IS_V3 && defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512CD__) && defined(__AVX512DQ__) && \
    defined(__AVX512VL__)
#define INLAY_LEVEL x86_64_v4
#define INLAY_V4
#else
#define INLAY_LEVEL INLAY_BELOW_V4
#define INLAY_V4                                                                                        \
  INLAY_JOIN(INLAY_IF(__AVX512F__, _avx512f), INLAY_IF(__AVX512BW__, _bw), INLAY_IF(__AVX512CD__, _cd), \
             INLAY_IF(__AVX512DQ__, _dq), INLAY_IF(__AVX512VL__, _vl))
#endif
#if INLAY_IS_V3
#define INLAY_BELOW_V4 x86_64_v3
#elif INLAY_IS_V2
#define INLAY_BELOW_V4 x86_64_v2
#elif defined(__x86_64__)
#define INLAY_BELOW_V4 x86_64
#elif defined(__i386__)
#define INLAY_BELOW_V4 INLAY_JOIN(x86, INLAY_IF(__SSE__, _sse), INLAY_IF(__SSE2__, _sse2))
#elif defined(__aarch64__)
#define INLAY_BELOW_V4 aarch64
#else
#define INLAY_BELOW_V4 generic
#endif

#define INLAY_BEYOND_LEVELS \
  INLAY_JOIN(INLAY_AVX512, INLAY_AVX, INLAY_AMD, INLAY_ARM, INLAY_IF(__riscv_vector, _vector), INLAY_IF(INLAY_WATCHED, _checked))
#define INLAY_AVX512                                                                                              \
  INLAY_JOIN(INLAY_IF(__AVX512VNNI__, _vnni), INLAY_IF(__AVX512BF16__, _bf16), INLAY_IF(__AVX512FP16__, _fp16),   \
             INLAY_IF(__AVX512IFMA__, _ifma), INLAY_IF(__AVX512VBMI__, _vbmi), INLAY_IF(__AVX512VBMI2__, _vbmi2), \
             INLAY_IF(__AVX512BITALG__, _bitalg), INLAY_IF(__AVX512VPOPCNTDQ__, _vpopcntdq))
#define INLAY_AVX                                                                                                      \
  INLAY_JOIN(INLAY_IF(__AVXVNNI__, _avxvnni), INLAY_IF(__AVXIFMA__, _avxifma), INLAY_IF(__AVXNECONVERT__, _neconvert), \
             INLAY_IF(__AVXVNNIINT8__, _vnniint8), INLAY_IF(__AVXVNNIINT16__, _vnniint16), INLAY_IF(__GFNI__, _gfni),  \
             INLAY_IF(__AVX512VP2INTERSECT__, _vp2intersect), INLAY_IF(__APX_F__, _apx))
#define INLAY_AMD                                                                                                      \
  INLAY_JOIN(INLAY_IF(__SSE4A__, _sse4a), INLAY_IF(__FMA4__, _fma4), INLAY_IF(__XOP__, _xop), INLAY_IF(__TBM__, _tbm), \
             INLAY_OF_ZEN)
#define INLAY_ARM                                                                                                   \
  INLAY_JOIN(INLAY_IF(__ARM_FEATURE_FP16_VECTOR_ARITHMETIC, _fp16), INLAY_IF(__ARM_FEATURE_DOTPROD, _dotprod),      \
             INLAY_IF(__ARM_FEATURE_MATMUL_INT8, _i8mm), INLAY_IF(__ARM_FEATURE_BF16_VECTOR_ARITHMETIC, _bf16),     \
             INLAY_IF(__ARM_FEATURE_SVE, _sve), INLAY_IF(__ARM_FEATURE_SVE2, _sve2), INLAY_IF(__ARM_NEON__, _neon), \
             INLAY_IF(__ARM_FEATURE_ATOMICS, _atomics))

// --- the processor: its choices in kernel/simd/plan.hpp -----------------------------------------------------------------

/// The generation of AMD's Zen that the code is made for, from 3 on, and 0 for all others, Intel's choices. What -march said unless
/// INLAY_ZEN is defined already, as for -march=x86-64-v4, which says nothing. Older compilers take a Zen 4 or 5 for a Zen 3.
#if !defined(INLAY_ZEN)
#if defined(__znver5__) || ((defined(__znver3__) || defined(__znver4__)) && defined(__AVXVNNI__))
#define INLAY_ZEN 5
#elif defined(__znver4__) || (defined(__znver3__) && defined(__AVX512F__))
#define INLAY_ZEN 4
#elif defined(__znver3__)
#define INLAY_ZEN 3
#else
#define INLAY_ZEN 0
#endif
#endif
#if INLAY_ZEN >= 5
#define INLAY_OF_ZEN _zen5
#elif INLAY_ZEN == 4
#define INLAY_OF_ZEN _zen4
#elif INLAY_ZEN == 3
#define INLAY_OF_ZEN _zen3
#else
#define INLAY_OF_ZEN
#endif

// --- arithmetic ------------------------------------------------------------------------------------------------------

#if defined(__FAST_MATH__)
#define INLAY_ARITHMETIC _fast
#else
#define INLAY_ARITHMETIC                                                                            \
  INLAY_JOIN(INLAY_IF(__FINITE_MATH_ONLY__, _finite), INLAY_IF(__ASSOCIATIVE_MATH__, _associative), \
             INLAY_IF(__RECIPROCAL_MATH__, _reciprocal))
#endif

/// A statement after which the compiler knows nothing of the number x where it may regroup sums and products. No
/// instruction. The builtins for it do not keep g++ 12 from multiplying two constant factors with each other.
#if !defined(__FAST_MATH__)
#define INLAY_HIDE(x) static_cast<void>(0)
#elif defined(__SSE2__)
#define INLAY_HIDE(x) asm("" : "+x"(x))
#elif defined(__aarch64__)
#define INLAY_HIDE(x) asm("" : "+w"(x))
#else
#define INLAY_HIDE(x) asm("" : "+m"(x))
#endif

#define INLAY_INSTRUCTION_SET \
  INLAY_JOIN(INLAY_LEVEL, INLAY_V2, INLAY_V3, INLAY_V4, INLAY_BEYOND_LEVELS, INLAY_ARITHMETIC)

/// The same name as a string, for the attribute that gives it to the symbols of a class without showing it in errors.
#define INLAY_INSTRUCTION_SET_TEXT INLAY_TEXT(INLAY_INSTRUCTION_SET)
#define INLAY_TEXT(name) INLAY_TEXT_OF(name)
#define INLAY_TEXT_OF(name) #name
