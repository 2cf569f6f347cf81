#pragma once

#include "inlay/activation/accuracy.hpp"
#include "inlay/description.hpp"
#include "inlay/layer/affine.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What is known of an activation's type at run time.
struct activation_entry {
  inlay::description is;
  double (*value)(double z, double parameter);      ///< σ(z); null for σ of a whole row
  double (*derivative)(double z, double parameter); ///< σ′(z), likewise
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

/// A template argument of a layer: a number, a word of inlay's, the activation, the layers within, of one list or of several
/// branches, or what is said in words of C++.
struct argument {
  enum class kind {
    number,
    word,
    activation,
    activation_of_branch,
    layers,
    branches,
    text,
  } is = kind::number;
  std::string name{};
  std::size_t value = 0;
  bool plain = false; ///< its default
  std::string text{}; ///< "inlay::conv_options{.groups = 2}"
  friend bool operator==(const argument&, const argument&) = default;
};

/// What a name in a layer's formula stands for: a whole number, as each number argument is, another number, or a list of
/// whole numbers.
struct formula_value {
  enum class kind {
    whole,
    real,
    list,
  } is;
  std::string name;
  std::vector<double> numbers;
  friend bool operator==(const formula_value&, const formula_value&) = default;
};

/// A tensor of parameters.
struct parameter_values {
  std::string name;
  std::vector<std::size_t> shape;
  std::vector<double> values; ///< row-major
  bool trained = true;        ///< no statistic
  friend bool operator==(const parameter_values&, const parameter_values&) = default;
};

/// A layer as it is on paper, its type and values at run time: what every format is read into and written from.
struct layer_description {
  inlay::description is{"", ""};
  std::vector<argument> arguments{};
  std::vector<formula_value> options{}; ///< what those of them that are text mean in its formula
  activation_description activation{};
  std::vector<std::size_t> input{}, output{}; ///< shapes of one sample
  bool over_time = false;                     ///< it takes a sequence as such: the first extent of both is the steps
  bool wants_all_steps = false;               ///< it cannot go step by step
  std::vector<parameter_values> parameters{}; ///< in canonical order
  std::optional<affine_layout> layout{};      ///< where they are in storage, of what the scalar decides on
  std::vector<std::size_t> places{};          ///< the same of another layer, if not one after the other,
  std::size_t storage = 0;                    ///< which then has so many numbers
  bool aligned = false;                       ///< or each tensor from a line on, channels side by side
  std::vector<std::vector<layer_description>> branches{}; ///< of a composite; one without layers is the identity

  bool is_its_layer = false; ///< a composite that is one module in PyTorch with the layer within, see module_of()
  std::size_t begin = 0;     ///< of what takes one of several inputs: where that begins among the numbers of all

  bool is_a(std::string_view name) const { return name == is.name; }
  /// Whether it makes one row of all steps: last_step and what else ends a sequence, or a composite with such a branch.
  bool ends_sequence() const {
    return (over_time && (is_a("last_step") || is_a("mean_of_steps") || is_a("flatten"))) ||
           std::any_of(branches.begin(), branches.end(), [](const auto& branch) {
             return std::any_of(branch.begin(), branch.end(), [](const auto& inner) { return inner.ends_sequence(); });
           });
  }
  /// The shape of a step of what it gives, or of all of it where it is no sequence.
  std::vector<std::size_t> row_of_output() const {
    const bool steps = over_time && !ends_sequence();
    return {output.begin() + (steps ? 1 : 0), output.end()};
  }
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
    return input.size() > 1 && !is_a("flatten") && std::string_view(is.onnx).find("Flatten(") != std::string_view::npos;
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
  bool has_word(std::string_view word) const {
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](const argument& one) { return one.is == argument::kind::word && one.name == word; });
  }
  /// The numbers of an option, strides as {height, width}; {width} in one dimension.
  std::vector<std::size_t> list(std::string_view name) const {
    for (const formula_value& one : options)
      if (one.name == name)
        return {one.numbers.begin(), one.numbers.end()};
    return {};
  }
  std::vector<double>& weights() { return parameters[0].values; }
  const std::vector<double>& weights() const { return parameters[0].values; }
  std::vector<double>& biases() { return parameters[1].values; }
  const std::vector<double>& biases() const { return parameters[1].values; }

  friend bool operator==(const layer_description& a, const layer_description& b) {
    return a.is_a(b.is.name) && a.arguments == b.arguments && a.options == b.options && a.activation == b.activation &&
           a.input == b.input && a.output == b.output && a.parameters == b.parameters && a.branches == b.branches;
  }
};

struct net_description {
  bool double_precision = false;
  std::vector<std::size_t> input;
  std::vector<layer_description> layers;
  bool over_time = false; ///< the input is a sequence, its first extent the steps
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
