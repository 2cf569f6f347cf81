#pragma once

#include "inlay/chain/state.hpp"
#include "inlay/io/detail/activation_entry.hpp"
#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/window_options.hpp"
#include "inlay/layer/all.hpp"
#include "inlay/network.hpp"

#include <limits>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

template <class Shape>
std::vector<std::size_t> extents() {
  return {Shape::extents.begin(), Shape::extents.end()};
}

/// Writes down the template arguments that a layer says.
struct argument_writer {
  layer_description& layer;
  double epsilon = 0; ///< of the net's scalar

  void number(const char* name, std::size_t value) { layer.arguments.push_back({argument::kind::number, name, value, false}); }
  void number(const char* name, std::size_t value, std::size_t otherwise) {
    layer.arguments.push_back({argument::kind::number, name, value, value == otherwise});
  }
  template <class Activation>
  void activation() {
    layer.arguments.push_back({argument::kind::activation, "activation"});
    layer.set_activation(describe_activation<Activation>());
  }
  template <conv_options Options, std::size_t dimensions>
  void convolution() {
    set_options(layer, Options, dimensions);
  }
  template <pool_options Options, std::size_t dimensions>
  void pool() {
    set_options(layer, Options, dimensions);
  }
  template <attention_options Options>
  void attention() {
    set_options(layer, Options);
  }
  /// A std::ratio, and the default if there is one; of void the number is the scalar's epsilon.
  template <class Ratio, class... Default>
  void ratio(const char* name, Default...) {
    double value = epsilon;
    std::string words = "void";
    if constexpr (!std::is_void_v<Ratio>) {
      value = static_cast<double>(Ratio::num) / static_cast<double>(Ratio::den);
      words = "std::ratio<" + std::to_string(Ratio::num) + ", " + std::to_string(Ratio::den) + ">";
    }
    const bool plain = sizeof...(Default) == 0 ? std::is_void_v<Ratio> : (std::is_same_v<Ratio, Default> || ...);
    set_text(layer, name, words, plain, {{formula_value::kind::real, name, {value}}});
  }
  /// That of the last layer of branch k, which is one.
  void activation_of_branch(std::size_t k) { layer.arguments.push_back({argument::kind::activation_of_branch, "activation", k, false}); }
  void word(const char* name) { layer.arguments.push_back({argument::kind::word, name}); }
  template <class...>
  void branches() {
    layer.arguments.push_back({argument::kind::branches, "branches"});
  }
  template <class...>
  void layers() {
    layer.arguments.push_back({argument::kind::layers, "layers", 0, false});
  }
};

/// What formulas call the shape of the input: `features` are all its axes, `extents` its shape, `by_channel` that of a number for each
/// channel, both as Reshape wants it.
inline void add_shape_options(layer_description& layer) {
  std::vector<double> features, extents{0}, by_channel; // 0: as many samples as there are
  for (const std::size_t extent : layer.input) {
    features.push_back(static_cast<double>(features.size() + 1));
    extents.push_back(static_cast<double>(extent));
    by_channel.push_back(by_channel.empty() ? static_cast<double>(extent) : 1);
  }
  for (const auto& [name, numbers] : {std::pair("features", &features), std::pair("extents", &extents), std::pair("by_channel", &by_channel)})
    layer.options.push_back({formula_value::kind::list, name, std::move(*numbers)});
}

template <class Layer>
concept described_layer = requires { Layer::listed::described.name; };

template <class Topology>
std::vector<layer_description> describe_layers();

template <class Layer>
layer_description describe_layer() {
  static_assert(described_layer<Layer>, "inlay::io saves layers that have a description, see description.hpp; of one without "
                                        "write and read get_parameters and set_parameters yourself");
  layer_description layer;
  if constexpr (described_layer<Layer>) {
    layer.is = Layer::listed::described;
    if constexpr (requires { Layer::onnx; }) // that depends on the input
      layer.is.onnx = Layer::onnx;
    layer.input = extents<typename Layer::input_shape>();
    layer.output = extents<typename Layer::output_shape>();
    layer.over_time = is_over_time<typename Layer::input_shape>;
    layer.wants_all_steps = !inlay::detail::goes_step_by_step<Layer>();
    argument_writer writer{layer, static_cast<double>(std::numeric_limits<typename Layer::scalar>::epsilon())};
    if constexpr (requires { Layer::listed::arguments(writer); })
      Layer::listed::arguments(writer);
    const auto add = [&](const auto& tensors, bool trained) {
      for (const parameter& one : tensors) {
        parameter_values tensor{one.name, {}, {}, trained};
        for (const std::size_t extent : one.extents)
          if (extent > 0)
            tensor.shape.push_back(extent);
        tensor.values.resize(size_of(tensor.shape));
        layer.parameters.push_back(std::move(tensor));
      }
    };
    if constexpr (requires { Layer::parameters[0].name; })
      add(Layer::parameters, true);
    if constexpr (requires { Layer::buffers[0].name; })
      add(Layer::buffers, false);
    if constexpr (requires { Layer::layout.weights; })
      layer.layout = Layer::layout;
    else if constexpr (!composite_layer<Layer>) {
      layer.storage = Layer::storage;
      for (std::size_t k = 0; k < Layer::parameter_count; ++k)
        layer.places.push_back(Layer::index(k));
      if constexpr (requires { Layer::buffers[0].name; })
        for (std::size_t k = 0; k < Layer::statistic_count; ++k)
          layer.places.push_back(Layer::statistic_index(k));
    }
    add_shape_options(layer);
    if constexpr (is_input_list<typename Layer::input_shape> && requires { Layer::begin; })
      layer.begin = Layer::begin;
    if constexpr (composite_layer<Layer>)
      Layer::for_each_branch([&]<class Topology, std::size_t>() { layer.branches.push_back(describe_layers<Topology>()); });
    if constexpr (requires { Layer::suffixes[0]; }) {
      for (std::size_t k = 0; k < layer.branches.size(); ++k)
        for_each_parameter(layer.branches[k], [k](parameter_values& tensor) { tensor.name += Layer::suffixes[k]; });
      layer.is_its_layer = layer.branches[0].size() == 1 && layer.branches[0][0].branches.empty();
    }
  }
  return layer;
}

template <class Topology>
std::vector<layer_description> describe_layers() {
  std::vector<layer_description> layers;
  const auto add = [&]<class At>() { layers.push_back(describe_layer<typename At::layer>()); };
  inlay::detail::for_each_layer<Topology>(add);
  return layers;
}

/// The type of a net at run time, all weights zero.
template <class Net>
net_description describe() {
  using input = typename Net::input_shape;
  net_description net{std::is_same_v<typename Net::scalar, double>, extents<input>(), describe_layers<typename Net::topology>()};
  net.over_time = is_over_time<input>;
  if constexpr (is_input_list<input>)
    [&]<std::size_t... k>(std::index_sequence<k...>) {
      (net.inputs.push_back(extents<typename input::template at<k>>()), ...);
    }(std::make_index_sequence<input::count>{});
  return net;
}

/// Calls f(number in the description, place in the net's storage) for each parameter, in canonical order, and each statistic.
template <class Net, class Description, class F>
void for_each_value(Description& description, F f) {
  using stack = typename Net::topology::stack;
  std::size_t parameters = 0, statistics = 0;
  for_each_parameter(description.layers, [&](auto& tensor) {
    for (auto& value : tensor.values)
      f(value, tensor.trained ? stack::index(parameters++) : stack::statistic_index(statistics++));
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
