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

template <class Net>
Net load_json(std::span<const std::byte> bytes, std::string file, const state_dict& how) {
  auto net = describe<Net>();
  const auto root = parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, file, 8);
  if (root.is_object() && !root.empty() && !root.contains("in_shape") && !root.contains("layers"))
    load_json_state_dict(root, file, net, how);
  else
    rtneural_loader(rtneural_reader(root, file).model, file, net);
  return assemble<Net>(net);
}

} // namespace detail

/// The net whose layers are in the file, which must be those of its type; a batchnorm behind a linear layer may be folded into
/// that. A file without layers is a state_dict, whose names `how` maps as for safetensors; a bias that it lacks is zero. Throws
/// io::error, naming file, layer or tensor, what was expected and what was found.
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
