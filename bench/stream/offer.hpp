#pragma once

#include "stream/net.hpp"

#include <benchmark/benchmark.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// What everybody is given: a net, its numbers, what comes in.
struct stream_task {
  const stream_net& net;
  const std::vector<float>&parameters, &x;
};

/// A library with a net that goes step by step.
struct stream_contender {
  std::string name;
  std::function<void(benchmark::State&)> in_a_row; ///< a step an iteration, what comes in is known
  std::function<void(benchmark::State&)> fed_back; ///< what comes in is the output before
  std::function<void(benchmark::State&)> in_blocks; ///< of 64 steps, a block an iteration; may be empty
  std::function<std::vector<float>()> outputs;     ///< of x, from the beginning
};
inline constexpr std::size_t steps_of_block = 64;

/// A class Peer made of a stream_task: step(x) gives the output of one more step, reset() begins again; with blocks,
/// block(x, y, n). So that the timed loop is compiled together with the call in it.
template <class Peer>
stream_contender contend(std::string name, const stream_task& task) {
  const auto peer = std::make_shared<Peer>(task);
  stream_contender made{std::move(name),
                        [peer, x = task.x](benchmark::State& state) {
                          std::size_t t = 0;
                          float y = 0;
                          for (auto _ : state) {
                            benchmark::DoNotOptimize(y = peer->step(x[t]));
                            t = t + 1 == x.size() ? 0 : t + 1;
                          }
                        },
                        [peer](benchmark::State& state) {
                          float y = 0.1f;
                          for (auto _ : state)
                            benchmark::DoNotOptimize(y = peer->step(y));
                        },
                        {},
                        [peer, x = task.x] {
                          peer->reset();
                          std::vector<float> all;
                          for (const float v : x)
                            all.push_back(peer->step(v));
                          return all;
                        }};
  if constexpr (requires { peer->block(nullptr, nullptr, 1); })
    made.in_blocks = [peer, x = task.x](benchmark::State& state) {
      std::vector<float> y(steps_of_block);
      std::size_t t = 0;
      for (auto _ : state) {
        peer->block(x.data() + t, y.data(), steps_of_block);
        benchmark::ClobberMemory();
        t = (t + steps_of_block) % x.size();
      }
    };
  return made;
}

struct stream_library {
  std::string name;
  std::string net; ///< that it was compiled for
  std::function<stream_contender(const stream_task&)> make;
};
/// All that were compiled in; each library's file adds its own before main.
std::vector<stream_library>& stream_libraries();

} // namespace bench
