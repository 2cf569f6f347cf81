#pragma once

#include "architecture/weights.hpp"
#include "layers.hpp"

#include "inlay/io/detail/activation_entry.hpp"

namespace inlay::audio {

/// An activation of a .nam file: inlay's, or slopes of a prelu.
struct nam_activation {
  activation_description sigma{};
  std::vector<double> slopes{};
};

/// "Tanh", or {"type": "LeakyReLU", "negative_slope": 0.01}.
inline nam_activation read_nam_activation(const nlohmann::json& json, const std::string& file,
                                          const std::string& part) {
  const io::detail::json_entry from{json, file, part};
  if (!json.is_string() && !json.is_object())
    from.fail("an activation, a name or an object", std::string("a JSON ") + json.type_name());
  const std::string type = json.is_string() ? json.get<std::string>() : from.text("type");
  const auto option = [&](const char* name, double otherwise) {
    if (!json.is_object() || !from.has(name))
      return otherwise;
    if (!json[name].is_number())
      from.fail(io::detail::in_quotes(name) + " as a number", io::detail::in_quotes(json[name].dump()));
    return json[name].get<double>();
  };
  static constexpr std::pair<std::string_view, const char*> names[]{
      {"Tanh", "tanh"}, {"Hardtanh", "hard_tanh"}, {"ReLU", "relu"}, {"LeakyReLU", "leaky_relu"}, {"PReLU", ""}, {"Sigmoid", "sigmoid"}, {"SiLU", "silu"}, {"Hardswish", "hard_swish"}, {"Softsign", "softsign"}};
  std::string known;
  for (const auto& [theirs, ours] : names) {
    known += (known.empty() ? "" : ", ") + std::string(theirs);
    if (type != theirs)
      continue;
    if (json.is_object())
      from.only({"type", type == "LeakyReLU" || type == "PReLU" ? "negative_slope" : "type",
                 type == "PReLU" ? "negative_slopes" : "type"});
    nam_activation found;
    if (type == "PReLU" && json.is_object() && from.has("negative_slopes")) {
      if (!json["negative_slopes"].is_array())
        from.fail("'negative_slopes' as an array", io::detail::in_quotes(json["negative_slopes"].dump()));
      found.slopes = from.row(json["negative_slopes"], json["negative_slopes"].size(), "negative_slopes");
      return found;
    }
    if (type == "PReLU") {
      found.slopes = {option("negative_slope", 0.01)};
      return found;
    }
    found.sigma.name = ours;
    found.sigma.parameter = io::detail::entry_of(found.sigma).is.parameter;
    if (type == "LeakyReLU")
      found.sigma.parameter = option("negative_slope", 0.01);
    return found;
  }
  from.fail("an activation of " + known, io::detail::in_quotes(type));
}

/// The layer that it is, behind `inputs` numbers.
inline layer_description make_nam_activation(std::size_t inputs, const nam_activation& of, const std::string& file,
                                             const std::string& part) {
  if (of.slopes.empty())
    return make_activation(inputs, of.sigma);
  if (of.slopes.size() != 1 && of.slopes.size() != inputs)
    throw io::error(file, part, "1 or " + std::to_string(inputs) + " slopes of PReLU",
                    std::to_string(of.slopes.size()));
  return make_prelu(inputs, of.slopes);
}

} // namespace inlay::audio
