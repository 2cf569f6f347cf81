#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// A net of one layer, ready to be timed, each call with one sample or with layer_batch of them.
struct layer_case {
  std::string name; ///< "dense 64 -> 64, relu"
  std::size_t multiply_adds, parameters, inputs; ///< of one sample; parameters are all numbers kept that a call reads
  std::size_t gradient_samples;                  ///< in a call of `gradient`
  std::function<void(benchmark::State&)> forward;
  std::function<void(benchmark::State&)> gradient;       ///< forward, delta, accumulate
  std::function<void(benchmark::State&)> input_gradient; ///< forward, delta, transposed
  std::function<void(benchmark::State&)> batch;          ///< forward
};
inline constexpr std::size_t layer_batch = 256;

/// All that were compiled in; each layer's file adds its own before main.
std::vector<layer_case>& layer_cases();

} // namespace bench
