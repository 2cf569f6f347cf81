#pragma once

#include "architecture/architecture_row.hpp"
#include "architecture/weights.hpp"

namespace inlay::audio {

/// Of each layer W and U side by side [i f g o][inputs + n], one bias, h and c at the beginning; then a Linear.
inline audio_model read_nam_lstm(const nlohmann::json& json, const std::string& file) {
  const io::detail::json_entry model{json, file, "LSTM"},
      config{io::detail::member(json, "config", file, "LSTM"), file, "LSTM, config"};
  config.only({"input_size", "hidden_size", "num_layers", "in_channels", "out_channels"});
  const std::size_t inputs = config.whole("input_size"), n = config.whole("hidden_size"),
                    count = config.whole("num_layers");
  const std::size_t outputs = config.whole("out_channels", 1);
  if (const std::size_t channels = config.whole("in_channels", 1); channels != inputs)
    config.fail("in_channels equal to input_size, " + std::to_string(inputs), std::to_string(channels));
  weight_list weights(model);
  layer_list layers;
  std::vector<double> initial;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t in = k == 0 ? inputs : n;
    const auto both = weights.take(4 * n * (in + n));
    std::vector<std::vector<double>> of(2);
    for (std::size_t r = 0; r < 4 * n; ++r)
      for (std::size_t i = 0; i < in + n; ++i)
        of[i < in ? 0 : 1].push_back(both[r * (in + n) + i]);
    of.push_back(weights.take(4 * n));
    of.push_back(std::vector<double>(4 * n, 0.0));
    layers.push_back(make_lstm(in, n, std::move(of)));
    const auto begin = weights.take(2 * n); // h, then c
    initial.insert(initial.end(), begin.begin(), begin.end());
  }
  auto head = weights.take(outputs * n);
  layers.push_back(make_dense(n, std::move(head), weights.take(outputs)));
  weights.end();
  audio_model made = model_of(std::move(layers), inputs);
  made.initial_state = std::move(initial);
  return made;
}

constexpr architecture_row nam_lstm_row() { return {"LSTM", read_nam_lstm}; }

} // namespace inlay::audio
