#include "activation/cost.hpp"

#include "timing/median.hpp"

#include <inlay/inlay.hpp>

#include <concepts>
#include <cstddef>
#include <cstdio>

namespace bench {
namespace {

using pack = inlay::kernel::simd::pack<float, inlay::kernel::simd::default_arch>;
constexpr std::size_t registers = 128; // 8 KiB of AVX-512's: in, value and derivative fit in any L1

struct alignas(64) memory {
  float in[registers * pack::lanes], value[registers * pack::lanes], derivative[registers * pack::lanes];
  memory() { // from -5 to 5
    for (std::size_t i = 0; i < registers * pack::lanes; ++i)
      in[i] = 10 * static_cast<float>(i) / static_cast<float>(registers * pack::lanes) - 5;
  }
} numbers;

template <class Activation>
void value(benchmark::State& state) {
  for (auto _ : state) {
    for (std::size_t i = 0; i < registers; ++i)
      Activation::at(pack::load(numbers.in + i * pack::lanes)).value.store(numbers.value + i * pack::lanes);
    benchmark::ClobberMemory();
  }
}

template <class Activation>
void derivative(benchmark::State& state) {
  for (auto _ : state) {
    for (std::size_t i = 0; i < registers; ++i) {
      const auto a = Activation::at(pack::load(numbers.in + i * pack::lanes));
      a.value.store(numbers.value + i * pack::lanes);
      a.derivative.store(numbers.derivative + i * pack::lanes);
    }
    benchmark::ClobberMemory();
  }
}

template <class Activation>
void latency(benchmark::State& state) {
  pack z = pack::load(numbers.in);
  for (auto _ : state)
    for (std::size_t i = 0; i < registers; ++i) z = Activation::at(z).value;
  z.store(numbers.value);
  benchmark::ClobberMemory();
}

template <class Activation>
std::string error() {
  char text[40];
  if constexpr (requires { Activation::ulp; }) {
    std::snprintf(text, sizeof text, "%g ULP", Activation::ulp.value);
    if constexpr (Activation::ulp.growth > 0)
      std::snprintf(text, sizeof text, "%g ULP, more below e^-1", Activation::ulp.value);
  } else {
    std::snprintf(text, sizeof text, "%g", Activation::error.value);
  }
  return text;
}

class costs {
public:
  template <class Activation>
  void add(const char* name) {
    all_.push_back({name, error<Activation>()});
    candidates_.push_back({name, value<Activation>});
    candidates_.push_back({name, derivative<Activation>});
    candidates_.push_back({name, latency<Activation>});
  }
  std::vector<activation_cost> measure(effort effort) {
    run(candidates_, effort);
    const auto each = [&](std::size_t i) { return median(candidates_[i].ns) / static_cast<double>(registers); };
    for (std::size_t i = 0; i < all_.size(); ++i) {
      all_[i].value = each(3 * i);
      all_[i].derivative = each(3 * i + 1);
      all_[i].latency = each(3 * i + 2);
    }
    return std::move(all_);
  }

private:
  std::vector<activation_cost> all_;
  std::vector<candidate> candidates_;
};

} // namespace

std::vector<activation_cost> measure_activations(effort effort) {
  costs c;
  inlay::for_each_activation([&]<class Activation>() {
    if constexpr (inlay::elementwise_activation<Activation, pack> && !std::same_as<Activation, inlay::identity>)
      c.add<Activation>(Activation::described.name);
  });
  return c.measure(effort);
}

} // namespace bench
