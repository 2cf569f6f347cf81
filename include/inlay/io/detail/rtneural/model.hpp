#pragma once

#include "inlay/io/detail/activation_entry.hpp"
#include "inlay/io/detail/rtneural/kinds.hpp"

#include <algorithm>
#include <optional>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// The names of an activation in RTNeural's JSON, each of which means that function only; "" for none of its own. Keras
/// has changed what it calls hard_sigmoid and leaky_relu, so these have none.
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

/// What a file in RTNeural's JSON says, checked against itself.
struct rtneural_model {
  nlohmann::json in_shape;
  std::size_t inputs = 0;
  std::vector<rtneural_layer> layers{};
};

/// Reads in_shape, then layer after layer.
class rtneural_reader {
public:
  rtneural_reader(const nlohmann::json& root, const std::string& file) : file(file) {
    model.in_shape = member(root, "in_shape", file, "");
    const auto& layers = member(root, "layers", file, "");
    if (!layers.is_array())
      throw error(file, "layers", "an array", std::string("a JSON ") + layers.type_name());
    for (std::size_t l = 0; l < layers.size(); ++l) // a kind that is unknown says more than a shape that is
      (void)kind_of({layers[l], file, "layer " + std::to_string(l + 1)});
    model.inputs = width_of(model.in_shape, "in_shape");
    for (const auto& layer : layers)
      read_layer(layer);
  }

  rtneural_model model{};

private:
  /// Null of an activation.
  static const rtneural_kind* kind_of(const json_entry& from) {
    const std::string type = from.text("type");
    const auto* kind = rtneural_kind_of_type(type);
    if (!kind && type != "activation")
      from.fail("type " + rtneural_types(), in_quotes(type));
    return kind;
  }

  void read_layer(const nlohmann::json& json) {
    json_entry from{json, file, "layer " + std::to_string(model.layers.size() + 1)};
    const auto* kind = kind_of(from);
    rtneural_layer to;
    to.kind = kind ? std::string(kind->name) : "activation";
    if (kind)
      from.part += " (" + from.text("type") + ")";
    to.part = from.part;
    if (!kind || json.contains("activation"))
      to.activation = activation_of(from, to.kind);
    to.shape = member(json, "shape", file, from.part);
    to.inputs = model.layers.empty() ? model.inputs : model.layers.back().outputs;
    to.outputs = width_of(to.shape, from.part + ", shape");
    const bool changes_width = to.kind == "dense" || to.kind == "conv1d" || to.kind == "lstm" || to.kind == "gru";
    if (!changes_width && to.inputs != to.outputs)
      from.fail("a shape of " + std::to_string(to.inputs) + " channels, as before it", std::to_string(to.outputs));
    if (kind)
      kind->read(from, to);
    model.layers.push_back(std::move(to));
  }

  static std::string activation_of(const json_entry& from, const std::string& kind) {
    const std::string name = from.text("activation");
    if (kind == "lstm" || kind == "gru") { // their own, which is not behind them
      if (!name.empty() && name != "tanh")
        from.fail("activation 'tanh' of an " + kind + ", or ''", in_quotes(name));
      return "identity";
    }
    std::string names;
    for (const auto& one : activation_entries())
      for (const auto& known : rtneural_names(one.is)) {
        names += (names.empty() ? "" : ", ") + in_quotes(known);
        if (name == known)
          return one.is.name;
      }
    from.fail("an activation of " + names, in_quotes(name));
  }

  /// [null, null, channels], or [null, channels]; the length of time may be said.
  std::size_t width_of(const nlohmann::json& shape, const std::string& part) const {
    const auto fits = [](const nlohmann::json& extent) {
      return extent.is_number_unsigned() && extent.get<std::uint64_t>() > 0 &&
             extent.get<std::uint64_t>() <= json_entry::largest_extent;
    };
    const bool good = shape.is_array() && (shape.size() == 2 || shape.size() == 3) && shape[0].is_null() &&
                      fits(shape.back()) && (shape.size() == 2 || shape[1].is_null() || fits(shape[1]));
    if (!good)
      throw error(file, part, "[null, null, channels]", in_quotes(shape.dump()));
    return shape.back().get<std::size_t>();
  }

  const std::string& file;
};

} // namespace inlay::io::detail
