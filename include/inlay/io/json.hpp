#pragma once

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/json_state_dict.hpp"
#include "inlay/io/detail/rtneural.hpp"
#include "inlay/io/state_dict.hpp"

/// Nets in RTNeural's JSON, of both kinds: with the layers of Keras (in_shape, layers with type, activation, shape and weights), of
/// dense, conv1d, lstm, gru, prelu, batch_norm and activation layers; and PyTorch's state_dict, which has no layers.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

namespace detail {

/// A file may add its input to its output (AIDA-X's in_skip, GuitarML's skip): then the net is one residual, and the layers of the
/// file are those within.
inline void load_within_skip(const nlohmann::json& skip, const char* name, const std::string& file, net_description& net, auto load) {
  if (skip == 0 || skip == false)
    return load(net);
  if (skip != 1 && skip != true)
    throw error(file, name, "0 or 1", in_quotes(skip.dump()));
  if (net.layers.size() != 1 || !net.layers[0].is_a("residual"))
    throw error(file, name, "a net that is one residual, as the input is added to the output", "another");
  net_description within = net;
  within.layers = net.layers[0].branches[1];
  load(within);
  net.layers[0].branches[1] = std::move(within.layers);
}

inline void load_rtneural(const nlohmann::json& root, const std::string& file, net_description& net) {
  for (const char* gain : {"in_gain", "out_gain"}) // decibels
    if (root.is_object() && root.contains(gain) && root[gain] != 0)
      throw error(file, gain, "0, as the model is taken without its player's gains", in_quotes(root[gain].dump()));
  const auto model = rtneural_reader(root, file).model;
  load_within_skip(root.value("in_skip", nlohmann::json(0)), "in_skip", file, net,
                   [&](net_description& into) { rtneural_loader(model, file, into); });
}

/// GuitarML's: recurrent layers `rec`, then a Linear `lin`.
inline void load_guitarml(const nlohmann::json& root, const std::string& file, net_description& net, const state_dict& how) {
  const auto& data = member(root, "model_data", file, "");
  const auto& state = member(root, "state_dict", file, "");
  (void)member(data, "unit_type", file, "model_data");
  load_within_skip(data.value("skip", nlohmann::json(0)), "model_data, skip", file, net, [&](net_description& into) {
    state_dict named = how;
    for (std::size_t l = 0; how.names.empty() && l < into.layers.size(); ++l)
      named.names[std::to_string(l)] = l + 1 < into.layers.size() ? "rec" : "lin";
    load_json_state_dict(state, file, into, named);
  });
}

template <class Net>
Net load_json(std::span<const std::byte> bytes, std::string file, const state_dict& how) {
  auto net = describe<Net>();
  const auto root = parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, file, 8);
  const auto has = [&](const char* name) { return root.is_object() && root.contains(name); };
  if (has("model_data") && has("state_dict"))
    load_guitarml(root, file, net, how);
  else if (root.is_object() && !root.empty() && !has("in_shape") && !has("layers"))
    load_json_state_dict(root, file, net, how);
  else
    load_rtneural(root, file, net);
  return assemble<Net>(net);
}

} // namespace detail

/// The net whose layers are in the file, which must be those of its type; a batchnorm behind a linear layer may be folded into
/// that. A file without layers is a state_dict, whose names `how` maps as for safetensors; a bias that it lacks is zero. A file
/// that adds its input to its output (AIDA-X, GuitarML) wants a net that is one residual<...>. Throws io::error, naming file, layer or tensor, what was expected and what was found.
template <class Net>
Net load_json(const std::filesystem::path& path, const state_dict& how = {}) {
  return detail::load_json<Net>(detail::read_file(path), path.string(), how);
}
/// The same from memory.
template <class Net>
Net load_json(std::span<const std::byte> bytes, const state_dict& how = {}) {
  return detail::load_json<Net>(bytes, "memory", how);
}

/// The net as JSON text with layers, as Keras' side of RTNeural writes it: of an lstm one bias, the sum of both. Throws io::error
/// for what the format cannot say: a residual, a convolution with stride or padding, a dense layer on several instants of time, an
/// activation without a name there, a weight that is not finite.
template <class Net>
std::string save_json(const Net& net) {
  auto description = detail::describe(net);
  const auto steps = detail::rtneural_steps(description, "memory");
  detail::check_numbers(description, {}, false, "memory", detail::finite_in_json);
  detail::rtneural_shapes shapes(description);
  nlohmann::json layers = nlohmann::json::array();
  const auto in_shape = shapes(description.input);
  for (const auto& step : steps) {
    nlohmann::json layer;
    if (step.layer) {
      layer["activation"] = "";
      detail::rtneural_kind_of_name(step.layer->is.name)->write(*step.layer, layer);
      shapes.behind(*step.layer);
    } else {
      const auto& [name, parameter, entry] = step.activation;
      const auto& is = detail::entry_of(step.activation).is;
      const auto names = detail::rtneural_names(is);
      if (names.empty() || parameter != is.parameter)
        throw error("memory", "layer " + std::to_string(layers.size() + 1),
                    "an activation that RTNeural's JSON has a name for", detail::in_quotes(name));
      if (!layers.empty() && layers.back()["activation"] == "") { // RTNeural's own files name σ with the layer before it
        layers.back()["activation"] = names[0];
        continue;
      }
      layer = {{"type", "activation"}, {"activation", names[0]}, {"weights", nlohmann::json::array()}};
    }
    layer["shape"] = shapes(step.output);
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
