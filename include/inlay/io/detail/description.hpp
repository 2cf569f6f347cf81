#pragma once

#include "inlay/activation/accuracy.hpp"
#include "inlay/description.hpp"
#include "inlay/layer/affine.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What is known of an activation's type at run time.
struct activation_entry {
  inlay::description is;
  double (*value)(double z, double parameter); ///< null for σ of a whole row
  accuracy stated;
  bool has_parameter;
};

/// σ by name, "relu"; with the parameter of those that have one: leaky_relu, elu, celu.
struct activation_description {
  std::string name = "identity";
  double parameter = 0;
  const activation_entry* entry = nullptr; ///< null: the one of that name, see entry_of()

  friend bool operator==(const activation_description& a, const activation_description& b) {
    return a.name == b.name && a.parameter == b.parameter;
  }
};

/// A template argument of a layer: a number, a word of inlay's, the activation, or the layers within, of one list or of several
/// branches.
struct argument {
  enum class kind { number, word, activation, activation_of_branch, layers, branches } is = kind::number;
  std::string name{};
  std::size_t value = 0;
  bool plain = false; ///< its default
  friend bool operator==(const argument&, const argument&) = default;
};

/// A tensor of parameters.
struct parameter_values {
  std::string name;
  std::vector<std::size_t> shape;
  std::vector<double> values; ///< row-major
  friend bool operator==(const parameter_values&, const parameter_values&) = default;
};

/// A layer as it is on paper, its type and values at run time: what every format is read into and written from.
struct layer_description {
  inlay::description is{"", ""};
  std::vector<argument> arguments{};
  activation_description activation{};
  std::vector<std::size_t> input{}, output{}; ///< shapes of one sample
  std::vector<parameter_values> parameters{}; ///< in canonical order
  std::optional<affine_layout> layout{};      ///< where they are in storage, if not one after the other
  std::vector<std::vector<layer_description>> branches{}; ///< of a composite; one without layers is the identity

  std::size_t begin = 0; ///< of what takes one of several inputs: where that begins among the numbers of all

  bool is_a(std::string_view name) const { return name == is.name; }
  /// Whether it takes one of several inputs, and is no module.
  bool is_input() const { return std::string_view(is.onnx) == "input"; }
  /// Whether it is σ and nothing else.
  bool is_activation() const { return std::string_view(is.onnx) == "x"; }
  bool has_activation() const { return activation.name != "identity"; }
  /// What stands before the index of a layer of branch k in a state_dict, behind the composite's own: 1 of "3.1.0.weight". The
  /// layers of a residual have no branch there: "3.0.weight".
  std::string module_of(std::size_t branch) const {
    for (const argument& one : arguments)
      if (one.is == argument::kind::branches)
        return std::to_string(branch) + ".";
    return "";
  }
  /// Whether it reads any shape as a flat vector, which PyTorch and ONNX do in a module of its own.
  bool flattens() const {
    return input.size() > 1 && std::string_view(is.onnx).find("Flatten(") != std::string_view::npos;
  }
  void set_activation(const activation_description& to) {
    activation = to;
    for (argument& one : arguments)
      if (one.is == argument::kind::activation)
        one.plain = to.name == "identity";
  }
  std::size_t number(std::string_view name) const {
    for (const argument& one : arguments)
      if (one.name == name)
        return one.value;
    return 0;
  }
  std::vector<double>& weights() { return parameters[0].values; }
  const std::vector<double>& weights() const { return parameters[0].values; }
  std::vector<double>& biases() { return parameters[1].values; }
  const std::vector<double>& biases() const { return parameters[1].values; }

  friend bool operator==(const layer_description& a, const layer_description& b) {
    return a.is_a(b.is.name) && a.arguments == b.arguments && a.activation == b.activation && a.input == b.input &&
           a.output == b.output && a.parameters == b.parameters && a.branches == b.branches;
  }
};

struct net_description {
  bool double_precision = false;
  std::vector<std::size_t> input;
  std::vector<layer_description> layers;
  std::vector<std::vector<std::size_t>> inputs{}; ///< of a net with several: the shape of each
};

inline std::size_t size_of(const std::vector<std::size_t>& shape) {
  std::size_t size = 1;
  for (const std::size_t extent : shape)
    size *= extent;
  return size;
}

/// Calls f(tensor) for all parameters, those of layers within included, in canonical order.
template <class Layers, class F>
void for_each_parameter(Layers& layers, F f) {
  for (auto& layer : layers) {
    for (auto& tensor : layer.parameters)
      f(tensor);
    for (auto& branch : layer.branches)
      for_each_parameter(branch, f);
  }
}

} // namespace inlay::io::detail
