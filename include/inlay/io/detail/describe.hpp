#pragma once

#include "inlay/io/detail/activation_name.hpp"
#include "inlay/io/detail/description.hpp"
#include "inlay/layer/activation.hpp"
#include "inlay/layer/conv1d.hpp"
#include "inlay/layer/dense.hpp"
#include "inlay/layer/expect.hpp"
#include "inlay/layer/residual.hpp"
#include "inlay/layer/transpose.hpp"
#include "inlay/network.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

template <class Shape>
std::vector<std::size_t> extents() {
  return {Shape::extents.begin(), Shape::extents.end()};
}

/// What io knows of a layer from its description in the type list; a layer of the user's own has no name in
/// any format.
template <class Layer>
struct described {
  static_assert(sizeof(Layer) == 0,
                "inlay::io knows dense, conv1d, transpose, activation, residual and expect; of a layer of your own "
                "write and read get_parameters and set_parameters yourself");
};

template <std::size_t N, class Activation>
struct described<dense<N, Activation>> {
  static void add(layer_description& layer) {
    layer.kind = layer_kind::dense;
    layer.activation = activation_name<Activation>;
  }
};
template <std::size_t Channels, std::size_t Kernel, class Activation, std::size_t Stride, std::size_t Dilation>
struct described<conv1d<Channels, Kernel, Activation, Stride, Dilation>> {
  static void add(layer_description& layer) {
    layer.kind = layer_kind::conv1d;
    layer.activation = activation_name<Activation>;
    layer.kernel = Kernel, layer.stride = Stride, layer.dilation = Dilation;
  }
};
template <>
struct described<transpose> {
  static void add(layer_description& layer) { layer.kind = layer_kind::transpose; }
};
template <class Activation>
struct described<activation<Activation>> {
  static void add(layer_description& layer) {
    layer.kind = layer_kind::activation;
    layer.activation = activation_name<Activation>;
  }
};

/// The layers of a list, bound to the shapes that they get.
template <class T, class Input, class... Layers>
std::vector<layer_description> describe_list();

template <class... Layers>
struct described<residual<Layers...>> {
  template <class T, class Input>
  static void add_inner(layer_description& layer) {
    layer.kind = layer_kind::residual;
    layer.inner = describe_list<T, Input, Layers...>();
  }
};

template <class T, class Input, class Layer, class... Above>
void describe_from(std::vector<layer_description>& layers) {
  if constexpr (requires { typename Layer::expected; }) { // as topology.hpp tells it from a layer
    if constexpr (sizeof...(Above) > 0)
      describe_from<T, Input, Above...>(layers);
  } else {
    using bound = typename Layer::template bind<T, Input>;
    using output = typename bound::output_shape;
    layer_description layer{.input = extents<Input>(), .output = extents<output>()};
    if constexpr (requires { described<Layer>::add(layer); })
      described<Layer>::add(layer);
    else
      described<Layer>::template add_inner<T, Input>(layer);
    if constexpr (requires { bound::weight_count; }) {
      layer.weights.resize(bound::weight_count);
      layer.biases.resize(bound::parameter_count - bound::weight_count);
    }
    layers.push_back(std::move(layer));
    if constexpr (sizeof...(Above) > 0)
      describe_from<T, output, Above...>(layers);
  }
}

template <class T, class Input, class... Layers>
std::vector<layer_description> describe_list() {
  std::vector<layer_description> layers;
  describe_from<T, Input, Layers...>(layers);
  return layers;
}

template <class Net>
struct net_traits;
template <class T, class Input, class... Layers>
struct net_traits<basic_network<T, Input, Layers...>> {
  static net_description describe() {
    using input = typename basic_network<T, Input, Layers...>::input_shape;
    return {std::is_same_v<T, double>, extents<input>(), describe_list<T, input, Layers...>()};
  }
};

/// The type of a net at run time, all weights zero.
template <class Net>
net_description describe() {
  return net_traits<Net>::describe();
}

/// Calls f(number in the description, place in the net's storage) for each parameter, in canonical order.
template <class Net, class Description, class F>
void for_each_value(Description& description, F f) {
  std::vector<decltype(&description.layers[0].weights)> parts;
  for_each_linear(description.layers, [&](auto& layer) { parts.insert(parts.end(), {&layer.weights, &layer.biases}); });
  std::size_t part = 0, k = 0;
  inlay::detail::for_each_parameter<typename Net::topology>([&](std::size_t, std::size_t at) {
    while (k == parts[part]->size())
      ++part, k = 0;
    f((*parts[part])[k++], at);
  });
}

/// The net at run time, its weights too.
template <class Net>
net_description describe(const Net& net) {
  auto description = describe<Net>();
  for_each_value<Net>(description, [&](double& value, std::size_t at) { value = net.theta()[at]; });
  return description;
}

/// The net of a description of the same type; denormals become zero.
template <class Net>
Net assemble(const net_description& description) {
  Net net{};
  for_each_value<Net>(description, [&](const double& value, std::size_t at) {
    net.theta()[at] = math::flush_denormal(static_cast<typename Net::scalar>(value));
  });
  return net;
}

} // namespace inlay::io::detail
