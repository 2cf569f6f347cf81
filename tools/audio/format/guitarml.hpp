#pragma once

#include "format/rtneural.hpp"
#include "formats.hpp"

#include "inlay/io/detail/json_state_dict.hpp"

/// GuitarML's JSON (Proteus, NeuralPi): PyTorch's state_dict of an LSTM or GRU `rec` and a Linear `lin`, and the input
/// added to the output where `skip` is 1.
namespace inlay::audio {

inline bool is_guitarml(const nlohmann::json& root) {
  return root.contains("model_data") && root.contains("state_dict");
}

inline audio_model read_guitarml(const nlohmann::json& root, const std::string& file, const import_options&) {
  const io::detail::json_entry data{root["model_data"], file, "model_data"};
  if (const std::string kind = data.text("model"); kind != "SimpleRNN")
    data.fail("model 'SimpleRNN'", io::detail::in_quotes(kind));
  const std::string unit = data.text("unit_type");
  if (unit != "LSTM" && unit != "GRU")
    data.fail("unit_type 'LSTM' or 'GRU'", io::detail::in_quotes(unit));
  const std::size_t inputs = data.whole("input_size", 1), n = data.whole("hidden_size"),
                    count = data.whole("num_layers", 1);
  const std::size_t outputs = data.whole("output_size", 1), gates = unit == "LSTM" ? 4 : 3;

  const auto& state = root["state_dict"];
  if (!state.is_object())
    throw io::error(file, "state_dict", "an object", std::string("a JSON ") + state.type_name());
  std::size_t used = 0;
  const auto tensor = [&](const std::string& name, std::vector<std::size_t> shape) {
    const std::string part = "tensor " + io::detail::in_quotes(name);
    std::vector<double> values;
    io::detail::flatten_json(io::detail::member(state, name.c_str(), file, "state_dict"), shape, 0, values, file, part);
    ++used;
    return values;
  };
  layer_list layers;
  for (std::size_t k = 0; k < count; ++k) {
    const std::string l = "_l" + std::to_string(k);
    const std::size_t in = k == 0 ? inputs : n;
    std::vector<std::vector<double>> of;
    for (const auto& [name, shape] :
         std::initializer_list<std::pair<const char*, std::vector<std::size_t>>>{{"weight_ih", {gates * n, in}},
                                                                                 {"weight_hh", {gates * n, n}},
                                                                                 {"bias_ih", {gates * n}},
                                                                                 {"bias_hh", {gates * n}}})
      of.push_back(tensor("rec." + (name + l), shape));
    layers.push_back(unit == "LSTM" ? make_lstm(in, n, std::move(of)) : make_gru(in, n, std::move(of)));
  }
  auto weights = tensor("lin.weight", {outputs, n});
  const bool biased = state.contains("lin.bias");
  layers.push_back(
      make_dense(n, std::move(weights), biased ? tensor("lin.bias", {outputs}) : std::vector<double>(outputs, 0.0)));
  if (state.size() != used)
    throw io::error(file, "state_dict", std::to_string(used) + " tensors of these layers",
                    std::to_string(state.size()));
  if (data.has("skip")) {
    const auto& skip = data.json["skip"];
    if (skip == 1)
      layers = with_skip(std::move(layers), inputs, file, "skip");
    else if (skip != 0)
      data.fail("skip 0 or 1", io::detail::in_quotes(skip.dump()));
  }
  return model_of(std::move(layers), inputs);
}

constexpr format_row guitarml_row() { return {"GuitarML (model_data, state_dict)", false, is_guitarml, read_guitarml}; }

} // namespace inlay::audio
