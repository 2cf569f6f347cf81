#pragma once

#include "layer/cost.hpp"

#include <inlay/inlay.hpp>

#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// What is special about a layer.
struct layer_options {
  std::size_t gradient_samples = 1; ///< that backpropagate takes; 1 where samples have nothing in common
  std::size_t indices = 0;          ///< the inputs are indices below this, or, of 0, numbers from -1 to 1
  std::size_t parameters = 0;       ///< that a sample reads, or, of 0, all
};

/// What the calls of a layer read and write.
template <class Net>
struct layer_memory {
  Net net{}, grad{};
  std::vector<typename Net::input_type> xs = std::vector<typename Net::input_type>(layer_batch);
  std::vector<typename Net::output_type> ys = std::vector<typename Net::output_type>(layer_batch);
  std::vector<typename Net::output_type> targets;

  explicit layer_memory(const layer_options& options) : targets(options.gradient_samples) {
    inlay::initialize(net, 1);
    std::mt19937 random(2);
    for (auto& x : xs)
      for (auto& x_i : x)
        x_i = options.indices > 0 ? static_cast<float>(random() % options.indices)
                                  : static_cast<float>(random() >> 8) * 0x1p-23f - 1;
  }
};

/// A static object of this type adds a row to the table of layers.
template <class Input, class... Layers>
struct offer_layer {
  using net_t = inlay::network<Input, Layers...>;

  explicit offer_layer(std::string name, layer_options options = {}) {
    const auto memory = std::make_shared<layer_memory<net_t>>(options);
    const inlay::mean_squared_error loss;
    layer_cases().push_back({.name = std::move(name),
                             .multiply_adds = net_t::multiply_adds,
                             .parameters = options.parameters > 0 ? options.parameters
                                                                  : net_t::parameter_count + net_t::statistic_count,
                             .inputs = net_t::inputs,
                             .gradient_samples = options.gradient_samples,
                             .forward = loop([memory] { memory->net(memory->xs[0], memory->ys[0]); }),
                             .gradient = loop([memory, loss] { benchmark::DoNotOptimize(gradient(*memory, loss)); }),
                             .input_gradient = loop([memory, loss] {
                               benchmark::DoNotOptimize(
                                   inlay::input_gradient(memory->net, memory->xs[0], memory->targets[0], loss));
                             }),
                             .batch = loop([memory] { memory->net(memory->xs, memory->ys); })});
  }

private:
  static float gradient(layer_memory<net_t>& memory, const auto& loss) {
    constexpr inlay::pass_options options{.seed = 1}; // of layers that draw
    if (memory.targets.size() == 1)
      return inlay::backpropagate(memory.net, memory.xs[0], memory.targets[0], loss, memory.grad, options);
    const std::span xs(memory.xs.data(), memory.targets.size());
    return inlay::backpropagate(memory.net, xs, memory.targets, loss, memory.grad, options);
  }
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
