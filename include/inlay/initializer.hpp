#pragma once

#include "inlay/network.hpp"
#include "inlay/random.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// Activations of the ReLU family say so: their weights start with He's bound.
template <class Activation>
concept rectifying_activation = requires { requires Activation::rectifying; };

namespace detail {

template <class Topology>
constexpr void initialize(std::span<typename Topology::scalar, Topology::storage> theta, random& numbers) noexcept;

template <class Layer, class T>
constexpr void initialize_layer(std::span<T, Layer::storage> theta, random& numbers) noexcept {
  if constexpr (requires { Layer::initialize(theta, numbers); }) Layer::initialize(theta, numbers);
  else if constexpr (composite_layer<Layer>)
    Layer::for_each_branch([&]<class Topology, std::size_t offset>() {
      initialize<Topology>(theta.template subspan<offset, Topology::storage>(), numbers);
    });
  else if constexpr (requires { Layer::fan_in; }) {
    // He: √(6 / fan_in), torch.nn.init.kaiming_uniform_(nonlinearity="relu"); Glorot: √(6 / (fan_in + fan_out)),
    // torch.nn.init.xavier_uniform_
    constexpr std::size_t fan = Layer::fan_in + (rectifying_activation<typename Layer::activation> ? 0 : Layer::fan_out);
    const double bound = math::square_root(6.0 / static_cast<double>(fan));
    for (std::size_t k = 0; k < Layer::weight_count; ++k)
      theta[Layer::index(k)] = static_cast<T>(bound * numbers.symmetric());
  }
}

template <class Topology>
constexpr void initialize(std::span<typename Topology::scalar, Topology::storage> theta, random& numbers) noexcept {
  const auto one = [&]<class At>() {
    initialize_layer<typename At::layer>(theta.template subspan<At::offset, At::layer::storage>(), numbers);
  };
  for_each_layer<Topology>(one);
}

} // namespace detail

/// Random weights, zero biases: He's uniform distribution for layers with an activation of the ReLU family, Glorot's
/// otherwise. The same seed gives the same net on every machine.
template <class Net>
constexpr void initialize(Net& net, std::uint64_t seed) noexcept {
  for (auto& x : net.theta()) x = 0;
  detail::random numbers{seed};
  detail::initialize<typename Net::topology>(net.theta(), numbers);
}

} // namespace inlay
