#pragma once

#include <cstddef>

// The loops of x86_64.S and aarch64.S, on registers of `vector_bytes`.
extern "C" {
void bench_multiply_add_throughput(std::size_t n); // register_multiply_adds * n
void bench_nothing(std::size_t n);                 // 64 n instructions
void bench_multiply_add_latency(std::size_t n);    // 16 n, each waiting for the one before; the two below likewise
void bench_add_latency(std::size_t n);
void bench_maximum_latency(std::size_t n);
void bench_hand_over(float* scratch, std::size_t n); // 16 n stores, each followed by a broadcast from it

using bench_load_loop = void(const float* p, std::size_t bytes, std::size_t repeats);
bench_load_loop bench_load_8, bench_load_16, bench_load_ahead, bench_load_streams;
void bench_optimizer_stream(float* p, std::size_t bytes, std::size_t repeats);
}

namespace bench {

// Which of the instruction sets the loops were assembled for.
#if defined(__aarch64__)
inline constexpr const char* instruction_set = "NEON";
inline constexpr std::size_t vector_bytes = 16, register_multiply_adds = 32, vector_registers = 32;
#elif defined(__AVX512F__)
inline constexpr const char* instruction_set = "AVX-512";
inline constexpr std::size_t vector_bytes = 64, register_multiply_adds = 24, vector_registers = 32;
#elif defined(__AVX__) && defined(__FMA__)
inline constexpr const char* instruction_set = "AVX2 + FMA";
inline constexpr std::size_t vector_bytes = 32, register_multiply_adds = 24, vector_registers = 16;
#else
inline constexpr const char* instruction_set = "SSE2";
inline constexpr std::size_t vector_bytes = 16, register_multiply_adds = 24, vector_registers = 16;
#endif
inline constexpr std::size_t lanes = vector_bytes / sizeof(float);

} // namespace bench
