#include "verification.hpp"

#include "inlay/io/detail/rounding.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/math/arithmetic.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::audio {

using io::detail::text_of;

namespace {

constexpr std::size_t longest_memory = 1u << 17; // steps, of all layers together

/// How many steps back the net sees, the most of several branches.
std::size_t reach(const layer_list& layers) {
  std::size_t sum = 0;
  for (const auto& layer : layers) {
    if (layer.over_time && layer.is_a("conv1d"))
      sum += layer.list("dilation")[0] * (layer.number("kernel") - 1);
    std::size_t most = 0;
    for (const auto& branch : layer.branches)
      most = std::max(most, reach(branch));
    sum += most;
  }
  return sum;
}
bool is_recurrent(const layer_list& layers) {
  return std::any_of(layers.begin(), layers.end(), [](const auto& layer) {
    return layer.is_a("lstm") || layer.is_a("gru") ||
           std::any_of(layer.branches.begin(), layer.branches.end(), is_recurrent);
  });
}

/// A sound: two tones and a noise, which grow and fade.
double sound(std::size_t t, std::size_t channel) {
  const double time = static_cast<double>(t) + 17 * static_cast<double>(channel);
  std::uint32_t noise = static_cast<std::uint32_t>(t * 2654435761u + channel * 40503u);
  noise ^= noise >> 15, noise *= 2246822519u, noise ^= noise >> 13;
  const double size = 0.5 + 0.5 * std::sin(0.003 * time);
  return size * (0.5 * std::sin(0.11 * time) + 0.3 * std::sin(0.71 * time) + 0.2 * (noise * 0x1p-31 - 1));
}

} // namespace

void add_verification(audio_model& model, const std::string& file, const import_options& options) {
  const std::size_t back = reach(model.net.layers);
  if (back > longest_memory)
    throw io::error(file, "layers", "convolutions that reach at most " + std::to_string(longest_memory) + " steps back",
                    std::to_string(back));
  const std::size_t count =
      std::min(options.verification_steps, is_recurrent(model.net.layers) ? back + 512 : back + 128);
  for (std::size_t t = 0; t < count; ++t) {
    auto& x = model.x.emplace_back();
    for (std::size_t c = 0; c < model.net.input[1]; ++c)
      x.push_back(static_cast<double>(static_cast<float>(sound(t, c))));
  }
  io::detail::exact none;
  model.y = io::detail::evaluate_steps(model.net, model.initial_state, model.x, none);
  for (std::size_t t = 0; t < count; ++t)
    for (const double y : model.y[t])
      if (!(std::abs(y) < 1e30))
        throw io::error(file, "verification step " + std::to_string(t), "outputs that a float can hold", text_of(y));
  model.tolerance = io::detail::rounding_tolerance(model.net, model.initial_state, model.x, model.y);
}

} // namespace inlay::audio
