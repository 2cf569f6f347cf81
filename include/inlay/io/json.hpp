#pragma once

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/rtneural.hpp"
#include "inlay/io/state_dict.hpp"

/// Nets in the JSON of RTNeural (in_shape, layers with type, activation, shape and weights), of dense, conv1d
/// and activation layers.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

namespace detail {

inline constexpr const char* finite_in_json = "a finite number, as JSON has no others";

/// Reads one JSON layer after the other into the steps of a net.
class rtneural_reader {
public:
  rtneural_reader(std::string_view text, std::string name, net_description& net)
      : file(std::move(name)), steps(rtneural_steps(net, file)), double_precision(net.double_precision) {
    const auto root = parse_json(text, file, 8);
    const bool along_time = !net.layers.empty() && net.layers[0].is_a("conv1d");
    check_shape(member(root, "in_shape", file, ""), rtneural_shape(net.input, along_time), file, "in_shape");
    const auto& layers = member(root, "layers", file, "");
    if (!layers.is_array())
      throw error(file, "layers", "an array", std::string("a JSON ") + layers.type_name());
    for (const auto& layer : layers)
      read_layer(layer);
    if (next < steps.size())
      fail("layer " + std::to_string(layers.size()), "another layer: " + wanted(), "the end");
  }

private:
  [[noreturn]] void fail(std::string part, std::string expected, std::string found) const {
    throw error(file, std::move(part), std::move(expected), std::move(found));
  }
  std::string wanted() const {
    if (next == steps.size())
      return "no further layer";
    const auto& step = steps[next];
    if (!step.layer)
      return "activation " + in_quotes(step.activation.name);
    return step.layer->is_a("dense") ? "dense" : "conv1d";
  }
  std::string read_string(const nlohmann::json& layer, const char* name) const {
    const auto& value = member(layer, name, file, part);
    if (!value.is_string())
      fail(part, in_quotes(name) + " as a string", std::string("a JSON ") + value.type_name());
    return value.get<std::string>();
  }

  void read_layer(const nlohmann::json& layer) {
    part = "layer " + std::to_string(++number);
    const std::string type = read_string(layer, "type");
    if (type == "dense" || type == "conv1d") {
      part += " (" + type + ")";
      if (next == steps.size() || !steps[next].layer || wanted() != type)
        fail(part, wanted(), type);
      read_linear(layer, *steps[next++].layer);
    } else if (type != "activation") {
      fail(part, "type 'dense', 'conv1d' or 'activation'", in_quotes(type));
    }
    if (type == "activation" || layer.contains("activation"))
      read_activation(read_string(layer, "activation"));
    const auto& before = steps[next ? next - 1 : 0].output;
    check_shape(member(layer, "shape", file, part), rtneural_shape(before, along_time), file, part + ", shape");
  }

  void read_activation(const std::string& name) {
    std::string meant, names;
    for (const auto& one : activation_entries())
      for (const auto& known : rtneural_names(one.is)) {
        names += (names.empty() ? "" : ", ") + in_quotes(known);
        if (name == known)
          meant = one.is.name;
      }
    if (meant.empty())
      fail(part, "an activation of " + names, in_quotes(name));
    if (meant == "identity")
      return;
    if (next == steps.size() || steps[next].activation.name != meant)
      fail(part, wanted(), "activation " + in_quotes(name));
    ++next;
  }

  void read_linear(const nlohmann::json& layer, layer_description& into) {
    if (into.is_a("conv1d")) {
      along_time = true;
      check_number(layer, "kernel_size", taps_of(into), true);
      check_number(layer, "dilation", into.list("dilation")[0], true);
      check_number(layer, "strides", 1, false);
    }
    check_number(layer, "groups", 1, false);
    const auto& weights = member(layer, "weights", file, part);
    check_array(weights, 2, "weights");
    check_array(weights[1], into.biases().size(), "biases");
    for (std::size_t o = 0; o < into.biases().size(); ++o)
      into.biases()[o] = number_of(weights[1][o]);
    check_numbers(into.biases(), double_precision, false, file, part + ", biases", finite_in_json);
    const bool convolution = into.is_a("conv1d");
    if (convolution)
      check_array(weights[0], taps_of(into), "weights [tap][in][out]");
    const std::size_t inputs = into.weights().size() / into.biases().size() / taps_of(into);
    for (std::size_t k = 0; k < taps_of(into); ++k) {
      const auto& matrix = convolution ? weights[0][k] : weights[0];
      check_array(matrix, inputs, "weights [in][out]");
      for (const auto& row : matrix)
        check_array(row, into.biases().size(), "a row of weights [in][out]");
    }
    for_each_rtneural_weight(into, [&](std::size_t k, std::size_t i, std::size_t o, double& value) {
      value = number_of(convolution ? weights[0][k][i][o] : weights[0][i][o]);
    });
    check_numbers(into.weights(), double_precision, false, file, part + ", weights", finite_in_json);
  }

  /// A member that is a number, or an array of it as Keras writes.
  void check_number(const nlohmann::json& layer, const char* name, std::size_t expected, bool needed) const {
    if (!needed && !layer.contains(name))
      return;
    const auto& found = member(layer, name, file, part);
    if (found != expected && found != nlohmann::json::array({expected}))
      fail(part, in_quotes(name) + " " + std::to_string(expected), in_quotes(found.dump()));
  }
  void check_array(const nlohmann::json& found, std::size_t size, const char* of) const {
    if (!found.is_array())
      fail(part, std::string(of) + " as an array", std::string("a JSON ") + found.type_name());
    if (found.size() != size)
      fail(part, std::to_string(size) + " entries in " + of, std::to_string(found.size()));
  }
  double number_of(const nlohmann::json& value) const {
    if (!value.is_number())
      fail(part, "weights that are numbers", std::string("a JSON ") + value.type_name());
    return value.get<double>();
  }

  std::string file, part;
  std::vector<rtneural_step> steps;
  bool double_precision;
  std::size_t next = 0, number = 0;
  bool along_time = false;
};

template <class Net>
Net load_json(std::span<const std::byte> bytes, std::string file) {
  auto net = describe<Net>();
  rtneural_reader({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, std::move(file), net);
  return assemble<Net>(net);
}

} // namespace detail

/// The net whose layers are in the file, which must be those of its type. Throws io::error, naming file,
/// layer, what was expected and what was found.
template <class Net>
Net load_json(const std::filesystem::path& path) {
  return detail::load_json<Net>(detail::read_file(path), path.string());
}
/// The same from memory.
template <class Net>
Net load_json(std::span<const std::byte> bytes) {
  return detail::load_json<Net>(bytes, "memory");
}

/// The net as JSON text. Throws io::error for what RTNeural's format cannot say: a residual, a convolution with stride,
/// groups or padding, a dense layer on several instants of time, an activation without a name there, a weight that is not finite.
template <class Net>
std::string save_json(const Net& net) {
  static_assert(!is_over_time<typename Net::input_shape>, "inlay::io does not yet save nets of a sequence as JSON");
  auto description = detail::describe(net);
  const auto steps = detail::rtneural_steps(description, "memory");
  detail::check_numbers(description, {}, false, "memory", detail::finite_in_json);
  bool along_time = !description.layers.empty() && description.layers[0].is_a("conv1d");
  nlohmann::json layers = nlohmann::json::array();
  const auto in_shape = detail::rtneural_shape(description.input, along_time);
  for (const auto& step : steps) {
    nlohmann::json layer;
    if (step.layer) {
      auto& linear = *step.layer;
      const bool convolution = linear.is_a("conv1d");
      along_time |= convolution;
      layer = {{"type", convolution ? "conv1d" : "dense"}, {"activation", ""}, {"weights", {nullptr, linear.biases()}}};
      if (convolution)
        layer["kernel_size"] = {linear.number("kernel")}, layer["dilation"] = linear.list("dilation");
      detail::for_each_rtneural_weight(linear, [&](std::size_t k, std::size_t i, std::size_t o, double value) {
        auto& whole = layer["weights"][0];
        (convolution ? whole[k] : whole)[i][o] = value;
      });
    } else {
      const auto& [name, parameter, entry] = step.activation;
      const auto& is = detail::entry_of(step.activation).is;
      const auto names = detail::rtneural_names(is);
      if (names.empty() || parameter != is.parameter)
        throw error("memory", "layer " + std::to_string(layers.size() + 1),
                    "an activation that RTNeural's JSON has a name for", detail::in_quotes(name));
      if (!layers.empty() && layers.back()["activation"] == "") { // RTNeural's own files name σ with the linear layer
        layers.back()["activation"] = names[0];
        continue;
      }
      layer = {{"type", "activation"}, {"activation", names[0]}, {"weights", nlohmann::json::array()}};
    }
    layer["shape"] = detail::rtneural_shape(step.output, along_time);
    layers.push_back(std::move(layer));
  }
  return nlohmann::json{{"in_shape", in_shape}, {"layers", std::move(layers)}}.dump(1) + "\n";
}
/// The same into a file, which is there completely or not at all.
template <class Net>
void save_json(const std::filesystem::path& path, const Net& net) {
  detail::write_file(path, detail::made_for(path, [&] { return save_json(net); }));
}

} // namespace inlay::io
