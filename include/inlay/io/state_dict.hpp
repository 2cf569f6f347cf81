#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"
#include "inlay/math/arithmetic.hpp"

#include <map>
#include <string>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io {

/// From a module of the nn.Sequential that a net corresponds to ("0", "2"), or from one of its tensors
/// ("0.weight"), to the name in the file ("actor.fc1").
using name_map = std::map<std::string, std::string>;

/// How a net's parameters are called in a file. Without names: as in the nn.Sequential of the same modules,
/// where an activation other than the identity has an index of its own, and so has the nn.Flatten before a dense layer
/// whose input is not flat: Conv1d 0, ReLU 1, Flatten 2, Linear 3. A transpose, which PyTorch has no
/// module for, counts as one of your own. The layers within a residual are numbered from 0
/// below its own index: "3.0.weight"; of a parallel or heads so are its branches, and the layers of each below: "3.1.0.weight".
/// Recurrent layers that stand in one nn.LSTM, nn.GRU or nn.RNN with several have its name each: {{"0", "lstm"}, {"1", "lstm"}}.
/// A bidirectional of one layer is that layer's module, the names of the reverse end in _reverse: "0.weight_hh_l0_reverse"; of several
/// layers those are numbered as in a residual: "0.1.weight_reverse".
struct state_dict {
  name_map names{};
  bool strict = true;            ///< a tensor in the file that the net has no place for is an error
  bool allow_non_finite = false; ///< a parameter that is infinite or NaN is no error
};

namespace detail {

inline std::string file_name(const std::string& module, const std::string& tensor, const name_map& names) {
  if (const auto whole = names.find(module + "." + tensor); whole != names.end())
    return whole->second;
  const auto mapped = names.find(module);
  return (mapped != names.end() ? mapped->second : module) + "." + tensor;
}

/// Calls f(layer, index) for every layer, with its index in the nn.Sequential.
template <class Layers, class F>
void for_each_indexed(Layers& layers, F f) {
  std::size_t index = 0;
  for (auto& layer : layers) {
    if (layer.is_input()) {
      f(layer, "");
      continue;
    }
    if (layer.flattens())
      ++index; // nn.Flatten
    f(layer, std::to_string(index++));
    if (!layer.is_activation() && layer.has_activation())
      ++index;
  }
}

/// Calls f(tensor, its name in a file) for all parameters, in canonical order. Layers whose modules have one name are those of one
/// module of several, an nn.LSTM with num_layers: weight_ih_l0, weight_ih_l1.
template <class Layers, class F>
void for_each_named(Layers& layers, const name_map& names, F f, const std::string& within = "") {
  std::map<std::string, std::size_t> stacked;
  for_each_indexed(layers, [&](auto& layer, const std::string& index) {
    const std::string module = within + index;
    const auto mapped = names.find(module);
    const std::size_t number = mapped == names.end() || layer.parameters.empty() ? 0 : stacked[mapped->second]++;
    for (auto& tensor : layer.parameters) {
      std::string name = file_name(module, tensor.name, names);
      if (number > 0 && name == mapped->second + "." + tensor.name && name.ends_with("_l0"))
        name.replace(name.size() - 1, 1, std::to_string(number));
      f(tensor, name);
    }
    for (std::size_t k = 0; k < layer.branches.size(); ++k)
      if (layer.is_its_layer)
        for_each_parameter(layer.branches[k], [&](auto& tensor) { f(tensor, file_name(module, tensor.name, names)); });
      else
        for_each_named(layer.branches[k], names, f, module + "." + layer.module_of(k));
  });
}

/// Throws io::error for a parameter that is infinite or NaN, `part` being its tensor, and for one that the net's scalar
/// cannot hold.
inline void check_numbers(const std::vector<double>& values, bool double_precision, bool allow_non_finite,
                          const std::string& file, const std::string& part, const char* finite) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto single = static_cast<float>(values[i]);
    const bool is_finite = math::is_finite(values[i]), fits = double_precision || math::is_finite(single);
    if (is_finite ? !fits : !allow_non_finite)
      throw error(file, part + ", element " + std::to_string(i),
                  is_finite ? "a number that the net's scalar can hold" : finite, text_of(values[i]));
  }
}

/// The same for all parameters of a net, each tensor by its name.
inline void check_numbers(const net_description& net, const name_map& names, bool allow_non_finite,
                          const std::string& file, const char* finite) {
  for_each_named(net.layers, names, [&](auto& tensor, const std::string& name) {
    check_numbers(tensor.values, net.double_precision, allow_non_finite, file, "tensor " + in_quotes(name), finite);
  });
}

inline constexpr const char* only_finite = "a finite number";
inline constexpr const char* finite_unless_asked = "a finite number (or .allow_non_finite = true)";

} // namespace detail
} // namespace inlay::io
