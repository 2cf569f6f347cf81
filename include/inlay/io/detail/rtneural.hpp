#pragma once

#include "inlay/io/detail/rtneural/model.hpp"
#include "inlay/io/state_dict.hpp"

#include <array>
#include <cmath>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

inline constexpr const char* finite_in_json = "a finite number, as JSON has no others";

/// One step of a net as RTNeural sees it: a layer with parameters or an activation, and what comes out of it.
struct rtneural_step {
  layer_description* layer; // with parameters; or null
  activation_description activation;
  std::vector<std::size_t> output;
};

/// The steps of a net, or the error that the format cannot express it. RTNeural's nets run along time: what
/// goes in is a vector of channels at each instant, and there is no flattening of time.
inline std::vector<rtneural_step> rtneural_steps(net_description& net, const std::string& file) {
  std::vector<rtneural_step> steps;
  bool along_time = false;
  if (net.over_time && net.input.size() != 2)
    throw error(file, "the net's input", "a sequence of vectors, which is what RTNeural's JSON has",
                text_of(net.input));
  for (std::size_t l = 0; l < net.layers.size(); ++l) {
    layer_description& layer = net.layers[l];
    const auto refuse = [&](std::string expected, std::string found) {
      throw error(file, "layer " + std::to_string(l + 1) + " of the net", std::move(expected), std::move(found));
    };
    if (!rtneural_kind_of_name(layer.is.name) && !layer.is_activation())
      refuse("dense, conv1d, lstm, gru, prelu, batch_norm or activation, which is what RTNeural's JSON has",
             layer.is.name);
    if (layer.is_a("conv1d")) {
      for (const auto& [name, plain] : {std::pair<std::string, std::size_t>("stride", 1), {"padding", 0}})
        for (const std::size_t number : layer.list(name))
          if (number != plain)
            refuse(name + " " + std::to_string(plain) + ", which is what RTNeural's JSON has",
                   name + " " + std::to_string(number));
      along_time = true;
    }
    const bool long_input = !net.over_time && along_time && layer.input.size() > 1 && layer.input[1] > 1;
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

/// [null, null, channels], with the length of time where it is known.
class rtneural_shapes {
public:
  explicit rtneural_shapes(const net_description& net)
      : over_time(net.over_time), along_time(!net.layers.empty() && net.layers[0].is_a("conv1d")) {}

  nlohmann::json operator()(const std::vector<std::size_t>& shape) const {
    if (over_time)
      return {nullptr, nullptr, shape.back()};
    if (along_time && shape.size() == 2)
      return {nullptr, shape[1], shape[0]};
    return {nullptr, nullptr, size_of(shape)};
  }
  /// From here on what is not flat has time as its second extent.
  void behind(const layer_description& layer) { along_time = along_time || layer.is_a("conv1d"); }

private:
  bool over_time, along_time;
};

inline void check_shape(const nlohmann::json& found, const nlohmann::json& wanted, const std::string& file,
                        const std::string& part) {
  const auto agrees = [](const nlohmann::json& a, const nlohmann::json& b) {
    return a.is_null() || b.is_null() || a == b;
  };
  // the last is the channels; [null, channels] for a vector without time
  if (found.back() != wanted.back() || (found.size() == 3 && !agrees(found[1], wanted[1])))
    throw error(file, part, wanted.dump(), in_quotes(found.dump()));
}

/// Puts the layers of a file into a net, which must have them.
class rtneural_loader {
public:
  rtneural_loader(rtneural_model model, std::string file, net_description& net)
      : file(std::move(file)), net(net), steps(rtneural_steps(net, this->file)), shapes(net) {
    check_shape(model.in_shape, shapes(net.input), this->file, "in_shape");
    for (const auto& layer : model.layers)
      load(layer);
    if (next < steps.size())
      fail("layer " + std::to_string(model.layers.size()), "another layer: " + wanted(), "the end");
    for (const auto& step : steps)
      if (step.layer)
        for (const auto& tensor : step.layer->parameters)
          check_numbers(tensor.values, net.double_precision, false, this->file, tensor_of(*step.layer, tensor.name),
                        finite_in_json);
  }

private:
  [[noreturn]] void fail(std::string part, std::string expected, std::string found) const {
    throw error(file, std::move(part), std::move(expected), std::move(found));
  }
  std::string wanted() const {
    if (next == steps.size())
      return "no further layer";
    const auto& step = steps[next];
    return step.layer ? step.layer->is.name : "activation " + in_quotes(step.activation.name);
  }
  std::string tensor_of(const layer_description& layer, const std::string& name) const {
    for (const auto& [into, part] : loaded)
      if (into == &layer)
        return part + ", " + name;
    return name;
  }

  void load(const rtneural_layer& layer) {
    const bool is_next = next < steps.size() && steps[next].layer && steps[next].layer->is_a(layer.kind);
    if (layer.kind == "batch_norm" && !is_next)
      fold(layer);
    else if (layer.kind != "activation") {
      if (!is_next)
        fail(layer.part, wanted(), layer.kind);
      put(layer, *steps[next++].layer);
    }
    if (layer.activation != "identity") {
      if (next == steps.size() || steps[next].layer || steps[next].activation.name != layer.activation)
        fail(layer.part, wanted(), "activation " + in_quotes(layer.activation));
      ++next;
    }
    check_shape(layer.shape, shapes(next ? steps[next - 1].output : net.input), file, layer.part + ", shape");
  }

  void put(const rtneural_layer& from, layer_description& into) {
    loaded.emplace_back(&into, from.part);
    shapes.behind(into);
    check_shape(from.shape, shapes(into.output), file, from.part + ", shape");
    if (from.kind == "conv1d")
      for (const auto& [name, own, found] :
           {std::tuple<const char*, std::size_t, std::size_t>("kernel", into.number("kernel"), from.kernel),
            {"dilation", into.list("dilation")[0], from.dilation},
            {"groups", into.list("groups")[0], from.groups}})
        if (own != found)
          fail(from.part, name + (" " + std::to_string(own)), std::to_string(found));
    for (std::size_t t = 0; t < into.parameters.size(); ++t) {
      parameter_values& to = into.parameters[t];
      to.values = from.parameters[t].values;
      if (from.kind == "prelu" && to.values.size() == 1) // one slope for all
        to.values.resize(to.shape[0], to.values[0]);
      if (to.values.size() != size_of(to.shape))
        fail(from.part + ", " + to.name, "shape " + text_of(to.shape), text_of(from.parameters[t].shape));
    }
    if (from.kind == "batch_norm")
      for (double& variance : into.parameters[3].values) // under the root it stands beside the net's own ε
        variance += from.epsilon - epsilon_of(into);
  }
  static double epsilon_of(const layer_description& layer) {
    for (const formula_value& one : layer.options)
      if (one.name == "epsilon")
        return one.numbers[0];
    return 0;
  }

  /// A norm that the net does not have becomes part of the linear map before it.
  void fold(const rtneural_layer& norm) {
    layer_description* const into = next > 0 ? steps[next - 1].layer : nullptr;
    if (!into || (!into->is_a("dense") && !into->is_a("conv1d")))
      fail(norm.part,
           next < steps.size() ? "a batch_norm in the net, or a dense or conv1d without activation before it"
                               : "no further layer",
           "batch_norm, and " + (next > 0 ? "before it something else" : std::string("nothing before it")));
    fold_batch_norm(norm, into->weights(), into->biases());
  }

  std::string file;
  net_description& net;
  std::vector<rtneural_step> steps;
  rtneural_shapes shapes;
  std::vector<std::pair<const layer_description*, std::string>> loaded{};
  std::size_t next = 0;
};

} // namespace inlay::io::detail
