#pragma once

#include "formats.hpp"

#include "inlay/io/detail/rtneural/model.hpp"

#include <cmath>

/// RTNeural's JSON with layers, as Keras' side of it writes it, and AIDA-X, which adds the input to the output
/// (in_skip).
namespace inlay::audio {

inline layer_list layers_of_rtneural(const io::detail::rtneural_model& model) {
  layer_list layers;
  const auto values = [](const io::detail::rtneural_layer& of) {
    std::vector<std::vector<double>> all;
    for (const auto& tensor : of.parameters)
      all.push_back(tensor.values);
    return all;
  };
  for (const auto& from : model.layers) {
    auto of = values(from);
    if (from.kind == "dense")
      layers.push_back(make_dense(from.inputs, of[0], of[1]));
    else if (from.kind == "conv1d")
      layers.push_back(make_convolution({from.inputs, from.kernel, from.dilation, from.groups}, of[0], of[1]));
    else if (from.kind == "lstm")
      layers.push_back(make_lstm(from.inputs, from.outputs, of));
    else if (from.kind == "gru")
      layers.push_back(make_gru(from.inputs, from.outputs, of));
    else if (from.kind == "prelu")
      layers.push_back(make_prelu(from.inputs, of[0]));
    else if (from.kind == "batch_norm") {
      const bool folds = !layers.empty() && (layers.back().is_a("dense") || layers.back().is_a("conv1d")) &&
                         !layers.back().has_activation();
      if (!folds) { // a map of each channel by itself
        const std::size_t n = from.outputs;
        layers.push_back(make_convolution({n, 1, 1, n}, std::vector<double>(n, 1.0), std::vector<double>(n, 0.0)));
      }
      io::detail::fold_batch_norm(from, layers.back().weights(), layers.back().biases());
    }
    activation_description sigma;
    sigma.name = from.activation;
    sigma.parameter = io::detail::entry_of(sigma).is.parameter;
    add_activation(layers, model.inputs, sigma);
  }
  return layers;
}

/// The first number of a step is added to what comes out, which is one number.
inline layer_list with_skip(layer_list layers, std::size_t inputs, const std::string& file, const std::string& part) {
  if (const std::size_t outputs = outputs_of(layers, inputs); outputs != 1)
    throw io::error(file, part, "one output, to which the input is added", std::to_string(outputs));
  layer_list whole;
  if (inputs == 1)
    whole.push_back(make_residual(inputs, std::move(layers)));
  else
    whole.push_back(make_parallel("add", inputs, {{make_narrow(inputs, 0, 1)}, std::move(layers)}));
  return whole;
}

inline bool is_rtneural(const nlohmann::json& root) { return root.contains("in_shape") && root.contains("layers"); }

inline audio_model read_rtneural(const nlohmann::json& root, const std::string& file, const import_options&) {
  const auto model = io::detail::rtneural_reader(root, file).model;
  layer_list layers = layers_of_rtneural(model);
  const io::detail::json_entry whole{root, file, ""};
  for (const char* gain : {"in_gain", "out_gain"}) // decibels
    if (whole.has(gain) && root[gain] != 0)
      throw io::error(file, gain, "0, as the model is taken without its player's gains",
                      io::detail::in_quotes(root[gain].dump()));
  if (whole.has("in_skip")) {
    const auto& skip = root["in_skip"];
    if (skip == 1 || skip == true)
      layers = with_skip(std::move(layers), model.inputs, file, "in_skip");
    else if (skip != 0 && skip != false)
      throw io::error(file, "in_skip", "0 or 1", io::detail::in_quotes(skip.dump()));
  }
  return model_of(std::move(layers), model.inputs);
}

constexpr format_row rtneural_row() { return {"RTNeural (in_shape, layers)", false, is_rtneural, read_rtneural}; }

} // namespace inlay::audio
