#pragma once

#include "layer/cost.hpp"

#include <inlay/inlay.hpp>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// What the calls of a layer read and write.
template <class Net>
struct layer_memory {
  Net net{}, grad{};
  std::vector<typename Net::input_type> xs = std::vector<typename Net::input_type>(layer_batch);
  std::vector<typename Net::output_type> ys = std::vector<typename Net::output_type>(layer_batch);
  typename Net::output_type target{};

  layer_memory() {
    inlay::initialize(net, 1);
    std::mt19937 random(2);
    for (auto& x : xs)
      for (auto& x_i : x) x_i = static_cast<float>(random() >> 8) * 0x1p-23f - 1;
  }
};

/// A static object of this type adds a row to the table of layers.
template <class Input, class... Layers>
struct offer_layer {
  using net_t = inlay::network<Input, Layers...>;

  explicit offer_layer(std::string name) {
    const auto memory = std::make_shared<layer_memory<net_t>>();
    const inlay::mean_squared_error loss;
    layer_cases().push_back({.name = std::move(name),
                             .multiply_adds = net_t::multiply_adds,
                             .parameters = net_t::parameter_count,
                             .inputs = net_t::inputs,
                             .forward = loop([memory] { memory->net(memory->xs[0], memory->ys[0]); }),
                             .gradient = loop([memory, loss] {
                               benchmark::DoNotOptimize(
                                   inlay::backpropagate(memory->net, memory->xs[0], memory->target, loss, memory->grad));
                             }),
                             .input_gradient = loop([memory, loss] {
                               benchmark::DoNotOptimize(inlay::input_gradient(memory->net, memory->xs[0], memory->target, loss));
                             }),
                             .batch = loop([memory] { memory->net(memory->xs, memory->ys); })});
  }

private:
  static auto loop(auto call) {
    return [call](benchmark::State& state) {
      for (auto _ : state) {
        call();
        benchmark::ClobberMemory();
      }
    };
  }
};

} // namespace bench
