#pragma once

#include "architecture/activation.hpp"
#include "architecture/architecture_row.hpp"
#include "architecture/read_wavenet_config.hpp"

#include "inlay/io/detail/evaluate_steps.hpp"

#include <tuple>

/// A WaveNet of a .nam file as a composite. Between layers a step is [h | s | x]: what goes to the head, the signal and
/// the input x, which each layer mixes in. A layer is
///
///     concat( add([h | s], F), x )        F = [head(a) | out(a)],  a = σ(conv(s) + mix(x))  or σ1(...) ⊙ σ2(...)
///
/// and out(a) is left away where no later layer reads it.
namespace inlay::audio {

class wavenet_reader {
public:
  wavenet_reader(const nlohmann::json& json, const std::string& file)
      : model{json, file, "WaveNet"}, config(read_wavenet_config(json, file)), weights(model) {
    std::size_t head = 0, signal = 0; // of the array before
    for (std::size_t a = 0; a < config.arrays.size(); ++a)
      std::tie(head, signal) = add_array(config.arrays[a], a, head, signal);
    for (std::size_t k = 0; k < config.head_kernels.size(); ++k)
      add_head_layer(k, head);
    const double scale = weights.take(1)[0];
    for (auto* tensor : {&layers[scaled].weights(), &layers[scaled].biases()})
      for (double& one : *tensor)
        one *= scale;
    weights.end();
  }

  audio_model operator()() {
    audio_model made = model_of(std::move(layers), config.inputs);
    io::detail::exact none;
    made.initial_state = io::detail::step_evaluation(made.net, none).settled(std::vector<double>(config.inputs, 0.0));
    return made;
  }

private:
  /// Returns how wide its head's output and its signal are.
  std::pair<std::size_t, std::size_t> add_array(const wavenet_array& array, std::size_t number, std::size_t head_before,
                                                std::size_t signal_before) {
    const std::size_t x = config.inputs, channels = array.channels, head = array.head_inputs();
    const bool first = number == 0, last = number + 1 == config.arrays.size();
    const auto rechannel = weights.take(channels * (first ? x : signal_before));
    auto enter = make_dense(first ? x : signal_before, rechannel, std::vector<double>(channels, 0.0));
    if (first) { // [s | x]
      layers.push_back(make_parallel("concat", x, {{std::move(enter)}, {}}));
    } else { // the head's output of the array before goes on as it is
      const std::size_t wide = head_before + signal_before + x;
      layers.push_back(make_parallel("concat", wide,
                                     {{make_narrow(wide, 0, head_before)},
                                      {make_narrow(wide, head_before, signal_before), std::move(enter)},
                                      {make_narrow(wide, head_before + signal_before, x)}}));
    }
    for (std::size_t k = 0; k < array.layers.size(); ++k)
      add_layer(array, array.layers[k], first && k == 0, last && k + 1 == array.layers.size());
    // h becomes the head's output
    const std::size_t taps = head * array.head_kernel;
    auto w = weights.take(array.head_outputs * taps);
    auto b = array.head_bias ? weights.take(array.head_outputs) : std::vector<double>(array.head_outputs, 0.0);
    auto to_head = make_convolution({head, array.head_kernel, array.head_dilation}, std::move(w), std::move(b));
    if (last) {
      layers.push_back(std::move(to_head));
      scaled = layers.size() - 1;
    } else {
      const std::size_t wide = head + channels + x;
      layers.push_back(make_parallel(
          "concat", wide, {{make_narrow(wide, 0, head), std::move(to_head)}, {make_narrow(wide, head, channels + x)}}));
    }
    return {array.head_outputs, channels};
  }

  /// From [h | s | x], of the very first layer from [s | x], to [h | s | x], of the very last one to h.
  void add_layer(const wavenet_array& array, const wavenet_layer& of, bool first, bool last) {
    const std::size_t x = config.inputs, channels = array.channels, bottleneck = array.bottleneck,
                      head = array.head_inputs();
    const std::size_t before = first ? 0 : head, wide = before + channels + x,
                      inner = of.is_gated ? 2 * bottleneck : bottleneck;
    auto w = weights.take(inner * (channels / array.groups) * of.kernel);
    auto b = weights.take(inner);
    auto conv = make_convolution({channels, of.kernel, of.dilation, array.groups}, std::move(w), std::move(b));
    auto mix = make_convolution({x, 1, 1, array.mix_groups}, weights.take(inner * (x / array.mix_groups)),
                                std::vector<double>(inner, 0.0));
    layer_list to_a{make_parallel("add", wide,
                                  {{make_narrow(wide, before, channels), std::move(conv)},
                                   {make_narrow(wide, before + channels, x), std::move(mix)}})};
    if (of.is_gated)
      to_a.push_back(make_gated(inner, of.first.sigma, of.second.sigma));
    else
      to_a.push_back(make_nam_activation(inner, of.first, model.file, array.part));

    layer_list to_signal, to_head;
    if (array.out) {
      w = weights.take(channels * (bottleneck / array.out_groups));
      to_signal.push_back(make_convolution({bottleneck, 1, 1, array.out_groups}, std::move(w), weights.take(channels)));
    }
    if (array.head1x1) {
      w = weights.take(head * (bottleneck / array.head1x1_groups));
      to_head.push_back(make_convolution({bottleneck, 1, 1, array.head1x1_groups}, std::move(w), weights.take(head)));
    }
    const bool goes_on = array.out && !last;
    if (first) { // h begins here
      const std::size_t inside = bottleneck + channels + x;
      layers.push_back(make_parallel("concat", wide, {std::move(to_a), {}}));
      const layer_list a{make_narrow(inside, 0, bottleneck)}, s{make_narrow(inside, bottleneck, channels)};
      const auto behind = [](layer_list one, const layer_list& more) {
        one.insert(one.end(), more.begin(), more.end());
        return one;
      };
      layer_list signal = s;
      if (goes_on)
        signal = {make_parallel("add", inside, {s, behind(a, to_signal)})};
      std::vector<layer_list> parts{behind(a, to_head)};
      if (!last) {
        parts.push_back(std::move(signal));
        parts.push_back({make_narrow(inside, bottleneck + channels, x)});
      }
      if (parts.size() == 1)
        layers.insert(layers.end(), parts[0].begin(), parts[0].end());
      else
        layers.push_back(make_parallel("concat", inside, std::move(parts)));
      return;
    }
    if (goes_on)
      to_a.push_back(make_parallel("concat", bottleneck, {std::move(to_head), std::move(to_signal)}));
    else
      to_a.insert(to_a.end(), to_head.begin(), to_head.end());
    const std::size_t added = goes_on ? head + channels : head;
    auto sum = make_parallel("add", wide, {{make_narrow(wide, 0, added)}, std::move(to_a)});
    if (last)
      layers.push_back(std::move(sum));
    else
      layers.push_back(make_parallel("concat", wide, {{std::move(sum)}, {make_narrow(wide, added, wide - added)}}));
  }

  /// Of the head behind the arrays: σ, then a convolution.
  void add_head_layer(std::size_t k, std::size_t& inputs) {
    const bool last = k + 1 == config.head_kernels.size();
    const std::size_t outputs = last ? config.head_outputs : config.head_channels, kernel = config.head_kernels[k];
    layers.push_back(make_nam_activation(inputs, config.head_activation, model.file, "WaveNet, config, head"));
    auto w = weights.take(outputs * inputs * kernel);
    layers.push_back(make_convolution({inputs, kernel}, std::move(w), weights.take(outputs)));
    inputs = outputs;
  }

  const io::detail::json_entry model;
  const wavenet_config config;
  weight_list weights;
  layer_list layers{};
  std::size_t scaled = 0; // the layer that head_scale belongs to
};

inline audio_model read_nam_wavenet(const nlohmann::json& json, const std::string& file) {
  return wavenet_reader(json, file)();
}

constexpr architecture_row nam_wavenet_row() { return {"WaveNet", read_nam_wavenet}; }

} // namespace inlay::audio
