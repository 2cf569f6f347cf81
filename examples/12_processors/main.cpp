// One program for several processors: the best unit that this one can run is chosen at start.
#include "policy.hpp"

#include <cmath>
#include <cstdio>

namespace {

using act_t = policy::action (*)(const policy::observation&) noexcept;

struct choice {
  const char* name;
  act_t act;
};

choice best() {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  if (avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return {"AVX-512", policy::for_avx512::act};
  if (avx2) return {"AVX2", policy::for_avx2::act};
#endif
  return {"every processor", policy::for_every_processor::act};
}

} // namespace

int main() {
  const auto [name, act] = best();
  const policy::observation x{0.5f, -1, 0.25f};
  const float torque = act(x)[0], anywhere = policy::for_every_processor::act(x)[0];
  std::printf("for %s: torque %.5f; for every processor: %.5f\n", name, torque, anywhere);
  return std::abs(torque - anywhere) < 1e-5f ? 0 : 1;
}
