#pragma once

#include "inlay/io/detail/activation_entry.hpp"
#include "inlay/io/detail/parse_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// The names of an activation in RTNeural's JSON, each of which means that function only; "" for none of its own. Keras has
/// changed what it calls hard_sigmoid and leaky_relu, so these have none.
inline std::vector<std::string> rtneural_names(const inlay::description& of) {
  std::vector<std::string> names;
  if (of.name == std::string_view("identity"))
    names.emplace_back();
  for (std::string_view rest = of.keras; !rest.empty();) {
    const auto end = (std::min)(rest.find(' '), rest.size());
    names.emplace_back(rest.substr(0, end));
    rest.remove_prefix((std::min)(end + 1, rest.size()));
  }
  return names;
}

/// One step of a net as RTNeural sees it: a linear map or an activation, with what it belongs to.
struct rtneural_step {
  layer_description* layer; // of weights; or null
  activation_description activation;
  std::vector<std::size_t> output;
};

/// The steps of a net, or the error that the format cannot express it. RTNeural's nets run along time: what
/// goes in is a vector of channels at each instant, and there is no flattening of time.
inline std::vector<rtneural_step> rtneural_steps(net_description& net, const std::string& file) {
  std::vector<rtneural_step> steps;
  bool along_time = false;
  for (std::size_t l = 0; l < net.layers.size(); ++l) {
    layer_description& layer = net.layers[l];
    const auto refuse = [&](std::string expected, std::string found) {
      throw error(file, "layer " + std::to_string(l + 1) + " of the net", std::move(expected), std::move(found));
    };
    if (!layer.is_a("dense") && !layer.is_a("conv1d") && !layer.is_activation())
      refuse("dense, conv1d or activation, which is what RTNeural's JSON has", layer.is.name);
    if (layer.is_a("conv1d")) {
      for (const auto& [name, plain] : {std::pair<std::string, std::size_t>("stride", 1), {"groups", 1}, {"padding", 0}})
        for (const std::size_t number : layer.list(name))
          if (number != plain)
            refuse(name + " " + std::to_string(plain) + ", which is what RTNeural's JSON has", name + " " + std::to_string(number));
      along_time = true;
    }
    const bool long_input = along_time && layer.input.size() > 1 && layer.input[1] > 1;
    const std::string& name = layer.activation.name;
    if (long_input && (layer.is_a("dense") || name == "softmax" || name == "log_softmax"))
      refuse("a convolution that leaves one instant of time, as RTNeural's JSON does not flatten time",
             text_of(layer.input));
    if (!layer.is_activation())
      steps.push_back({&layer, activation_description(), layer.output}); // {} makes g++ 12 warn at -O3
    if (name != "identity")
      steps.push_back({nullptr, layer.activation, layer.output});
  }
  return steps;
}

/// Taps of a convolution; a dense layer has one.
inline std::size_t taps_of(const layer_description& layer) { return layer.is_a("conv1d") ? layer.number("kernel") : 1; }

/// Reads and writes the numbers of one layer: dense W [in][out]; conv1d W [tap][in][out].
template <class F>
void for_each_rtneural_weight(layer_description& layer, F f) {
  const std::size_t outputs = layer.output[0], taps = taps_of(layer), inputs = layer.weights().size() / outputs / taps;
  for (std::size_t k = 0; k < taps; ++k)
    for (std::size_t i = 0; i < inputs; ++i)
      for (std::size_t o = 0; o < outputs; ++o)
        f(k, i, o, layer.weights()[(o * inputs + i) * taps + k]);
}

/// [null, null, channels], with the length of time where it is known.
inline nlohmann::json rtneural_shape(const std::vector<std::size_t>& shape, bool along_time) {
  if (along_time && shape.size() == 2)
    return {nullptr, shape[1], shape[0]};
  return {nullptr, nullptr, size_of(shape)};
}

inline void check_shape(const nlohmann::json& found, const nlohmann::json& wanted, const std::string& file,
                        const std::string& part) {
  const auto agrees = [](const nlohmann::json& a, const nlohmann::json& b) {
    return a.is_null() || b.is_null() || a == b;
  };
  const auto dimensions = found.is_array() ? found.size() : 0;
  // the last is the channels; [null, channels] for a vector without time
  const bool good = (dimensions == 3 || dimensions == 2) && found.back() == wanted.back() &&
                    (dimensions == 2 || agrees(found[1], wanted[1])) && found[0].is_null();
  if (!good)
    throw error(file, part, wanted.dump(), in_quotes(found.dump()));
}

} // namespace inlay::io::detail
