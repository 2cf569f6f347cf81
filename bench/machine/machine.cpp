#include "machine/machine.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <new>

#include <unistd.h>

namespace bench {
namespace {

/// The least of several times, in ns: whatever disturbs a loop can only slow it.
template <class F>
double fastest(F f, int tries = 30) {
  using clock = std::chrono::steady_clock;
  double least = 1e18;
  for (int i = 0; i < tries; ++i) {
    const auto begin = clock::now();
    f();
    least = std::min(least, std::chrono::duration<double, std::nano>(clock::now() - begin).count());
  }
  return least;
}

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

/// Bytes of the data cache of a level as the kernel tells it, or, in a root without /sys, the C library, which asks the
/// processor (not on every architecture); `otherwise` where nobody knows.
std::size_t cache_bytes(const std::string& level, int name, std::size_t otherwise) {
  for (int i = 0; i < 8; ++i) {
    const auto at = "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(i) + '/';
    if (first_line(at + "level") != level || first_line(at + "type") == "Instruction") continue;
    const auto size = first_line(at + "size"); // "48K"
    if (const auto n = std::strtoul(size.c_str(), nullptr, 10)) return n * (size.back() == 'M' ? 1024 * 1024 : 1024);
  }
  const long told = sysconf(name);
  return told > 0 ? static_cast<std::size_t>(told) : otherwise;
}

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown processor";
}

constexpr std::size_t work = std::size_t{1} << 21; // bytes, or operations, of one try: 10 to 100 µs

load_limit fastest_load(std::initializer_list<std::size_t> sizes) {
  constexpr std::array<bench_load_loop*, 4> loops{bench_load_8, bench_load_16, bench_load_ahead, bench_load_streams};
  load_limit best{};
  for (auto bytes : sizes) {
    bytes = std::clamp(bytes / 2048 * 2048, std::size_t{2048}, load_memory_bytes);
    const auto repeats = std::max<std::size_t>(1, work / bytes);
    for (auto* const loop : loops) {
      const double ns = fastest([&] { loop(load_memory(), bytes, repeats); });
      const double rate = static_cast<double>(repeats * bytes / sizeof(float)) / ns;
      if (rate > best.rate) best = {loop, bytes, rate};
    }
  }
  return best;
}

double optimizer_bandwidth(std::size_t total) {
  const auto bytes = std::min(total, load_memory_bytes) / 4 / 128 * 128; // of each of four arrays
  const auto repeats = std::max<std::size_t>(1, work / bytes / 4);
  const double ns = fastest([&] { bench_optimizer_stream(load_memory(), bytes, repeats); });
  return static_cast<double>(7 * bytes * repeats) / ns;
}

} // namespace

float* load_memory() {
  static float* const memory = [] {
    auto* p = static_cast<float*>(std::aligned_alloc(std::size_t{2} << 20, load_memory_bytes));
    if (!p) throw std::bad_alloc();
    std::fill_n(p, load_memory_bytes / sizeof(float), 0.0f);
    return p;
  }();
  return memory;
}

machine measure_machine() {
  machine m{};
  m.cpu = cpu_name();
  m.l1_bytes = cache_bytes("1", _SC_LEVEL1_DCACHE_SIZE, std::size_t{32} << 10);
  m.l2_bytes = cache_bytes("2", _SC_LEVEL2_CACHE_SIZE, std::size_t{512} << 10);

  constexpr std::size_t n = 1 << 14;
  bench_multiply_add_throughput(16 * n); // until the clock has come up
  m.peak = static_cast<double>(n * register_multiply_adds * lanes) / fastest([] { bench_multiply_add_throughput(n); });
  alignas(64) float scratch[16]{};
  const auto each = [](auto loop) { return fastest(loop) / static_cast<double>(16 * n); };
  m.multiply_add_latency = each([] { bench_multiply_add_latency(n); });
  m.add_latency = each([] { bench_add_latency(n); });
  m.maximum_latency = each([] { bench_maximum_latency(n); });
  m.hand_over = each([&] { bench_hand_over(scratch, n); });

  const auto one = m.l1_bytes, two = m.l2_bytes;
  m.load = {fastest_load({one / 4, one / 2, one * 3 / 4}), fastest_load({one * 3, two / 4, two / 2, two * 5 / 8}),
            fastest_load({two * 2, two * 4})};
  m.optimizer_bandwidth = {optimizer_bandwidth(one / 2),
                           std::max(optimizer_bandwidth(two / 4), optimizer_bandwidth(two / 2)),
                           optimizer_bandwidth(two * 3)};
  return m;
}

} // namespace bench
