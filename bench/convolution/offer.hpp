#pragma once

#include "convolution/net.hpp"

#include <benchmark/benchmark.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// Whether samples lie channels first, as everybody hands images around, or in the order that the library likes best,
/// in which a layer of a net has them from the one before. A net's ends are always channels first.
enum class order {
  channels_first,
  own,
};

/// What everybody is given: a net, its numbers, n samples channels first.
struct image_task {
  const image_net& net;
  const std::vector<float>&parameters, &x;
  std::size_t n;
  bench::order order;
};

/// A library with a net and its samples in it.
struct contender {
  std::string name;
  std::function<void(benchmark::State&)> loop; ///< a call an iteration
  std::function<std::vector<float>()> outputs; ///< of a call; channels first
};

/// A class Peer made of an image_task: call() computes all samples, y() is what came out, channels first. So that the
/// timed loop is compiled together with the call in it.
template <class Peer>
contender contend(std::string name, const image_task& task) {
  const auto peer = std::make_shared<Peer>(task);
  return {std::move(name),
          [peer](benchmark::State& state) {
            for (auto _ : state) {
              peer->call();
              benchmark::ClobberMemory();
            }
          },
          [peer] {
            peer->call();
            return peer->y();
          }};
}

struct image_library {
  std::string name;
  std::function<bool(const image_task&)> takes;
  std::function<contender(const image_task&)> make;
};
/// All that were compiled in; each library's file adds its own before main.
std::vector<image_library>& image_libraries();

/// From channels first to channels last, of one sample; and back.
template <class T>
void channels_last(image of, const T* first, T* last) {
  const std::size_t positions = of.height * of.width;
  for (std::size_t c = 0; c < of.channels; ++c)
    for (std::size_t p = 0; p < positions; ++p)
      last[p * of.channels + c] = first[c * positions + p];
}
template <class T>
void channels_first(image of, const T* last, T* first) {
  const std::size_t positions = of.height * of.width;
  for (std::size_t c = 0; c < of.channels; ++c)
    for (std::size_t p = 0; p < positions; ++p)
      first[c * positions + p] = last[p * of.channels + c];
}

} // namespace bench
