#pragma once

#include "inlay/topology.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Weights of a layer, without its biases; all parameters of one that does not tell.
template <class Layer>
constexpr std::size_t weights_of() noexcept {
  if constexpr (requires { Layer::weight_count; }) return Layer::weight_count;
  else return Layer::parameter_count;
}

/// Whether the weights of layer l and those after it are all zero; `layers` counts those that have some.
template <class Net, std::size_t l = 1>
constexpr bool all_weights_zero(const Net& net, std::size_t& layers) noexcept {
  using place = typename Net::topology::template place<l>;
  constexpr std::size_t weights = weights_of<typename place::layer>();
  if constexpr (weights > 0) {
    ++layers;
    for (std::size_t k = 0; k < weights; ++k)
      if (net.theta()[place::offset + place::layer::index(k)] != 0) return false;
  }
  if constexpr (l < Net::depth) return all_weights_zero<Net, l + 1>(net, layers);
  else return true;
}

/// Of several layers of zeros none learns: the gradient of each is a product with another's zeros.
template <class Net>
constexpr bool learns_nothing(const Net& net) noexcept {
  std::size_t layers = 0;
  return all_weights_zero(net, layers) && layers > 1;
}

} // namespace inlay::detail
