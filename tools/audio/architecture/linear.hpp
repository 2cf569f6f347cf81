#pragma once

#include "architecture/architecture_row.hpp"
#include "architecture/weights.hpp"

#include <algorithm>

namespace inlay::audio {

/// An impulse response, the newest sample first, and a bias: a convolution.
inline audio_model read_nam_linear(const nlohmann::json& json, const std::string& file) {
  const io::detail::json_entry model{json, file, "Linear"},
      config{io::detail::member(json, "config", file, "Linear"), file, "Linear, config"};
  config.only({"receptive_field", "bias", "in_channels", "out_channels", "implementation"});
  for (const char* channels : {"in_channels", "out_channels"})
    if (const std::size_t count = config.whole(channels, 1); count != 1)
      config.fail(channels + std::string(" 1"), std::to_string(count));
  weight_list weights(model);
  auto taps = weights.take(config.whole("receptive_field"));
  std::reverse(taps.begin(), taps.end());
  auto bias = config.flag("bias", false) ? weights.take(1) : std::vector<double>{0};
  weights.end();
  const std::size_t kernel = taps.size();
  layer_list layers;
  layers.push_back(make_convolution({1, kernel}, std::move(taps), std::move(bias)));
  return model_of(std::move(layers), 1);
}

constexpr architecture_row nam_linear_row() { return {"Linear", read_nam_linear}; }

} // namespace inlay::audio
