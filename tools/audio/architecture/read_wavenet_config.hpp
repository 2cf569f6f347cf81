#pragma once

#include "architecture/wavenet_config.hpp"

namespace inlay::audio {

/// "config" of a WaveNet, what it says checked against itself. FiLM, a condition of its own, blended gates and what
/// else is not known here is refused by name.
class wavenet_config_reader {
public:
  wavenet_config_reader(const nlohmann::json& json, const std::string& file)
      : from{io::detail::member(json, "config", file, "WaveNet"), file, "WaveNet, config"} {
    if (!from.json.is_object())
      from.fail("an object", std::string("a JSON ") + from.json.type_name());
    if (from.has("condition_dsp"))
      from.fail("layers that the input itself conditions", "'condition_dsp', a net of its own for that");
    from.only({"layers", "head", "head_scale", "in_channels"});
    const auto& arrays = io::detail::member(from.json, "layers", file, from.part);
    if (!arrays.is_array() || arrays.empty())
      from.fail("'layers' as an array of at least one", std::string("a JSON ") + arrays.type_name());
    config.inputs = from.whole("in_channels", 1);
    for (std::size_t a = 0; a < arrays.size(); ++a)
      config.arrays.push_back(read_array({arrays[a], file, "WaveNet, array " + std::to_string(a + 1)}));
    if (from.has("head"))
      read_head({from.json["head"], file, "WaveNet, config, head"});
  }

  wavenet_config config{};

private:
  using entry = io::detail::json_entry;

  /// Element k of a list, or what stands for all of them.
  static const nlohmann::json& of_layer(const entry& array, const char* name, std::size_t k, std::size_t count) {
    const auto& found = io::detail::member(array.json, name, array.file, array.part);
    return found.is_array() ? array.array(found, count, io::detail::in_quotes(name))[k] : found;
  }
  static std::size_t whole(const entry& array, const nlohmann::json& found, const char* name) {
    const nlohmann::json one{{name, found}};
    return entry{one, array.file, array.part}.whole(name);
  }
  static void divides(const entry& array, std::size_t groups, std::size_t inputs, std::size_t outputs) {
    if (inputs % groups != 0 || outputs % groups != 0)
      array.fail("groups that divide " + std::to_string(inputs) + " and " + std::to_string(outputs) + " channels",
                 std::to_string(groups));
  }

  wavenet_array read_array(const entry& array) {
    for (const char* film : {"conv_pre_film", "conv_post_film", "input_mixin_pre_film", "input_mixin_post_film",
                             "activation_pre_film", "activation_post_film", "layer1x1_post_film", "head1x1_post_film"})
      if (array.has(film) && array.json[film] != false &&
          entry{array.json[film], array.file, array.part + ", " + film}.flag("active", true))
        array.fail("layers without FiLM", io::detail::in_quotes(film));
    array.only({"input_size",
                "condition_size",
                "channels",
                "bottleneck",
                "kernel_size",
                "kernel_sizes",
                "dilations",
                "activation",
                "secondary_activation",
                "gated",
                "gating_mode",
                "head",
                "head_size",
                "head_bias",
                "groups_input",
                "groups_input_mixin",
                "layer1x1",
                "head1x1",
                "slimmable",
                "conv_pre_film",
                "conv_post_film",
                "input_mixin_pre_film",
                "input_mixin_post_film",
                "activation_pre_film",
                "activation_post_film",
                "layer1x1_post_film",
                "head1x1_post_film"});
    wavenet_array into{array.part, array.whole("channels"), 0};
    into.bottleneck = array.whole("bottleneck", into.channels);
    const bool first = config.arrays.empty();
    const std::size_t wanted = first ? config.inputs : config.arrays.back().channels, found = array.whole("input_size");
    if (found != wanted)
      array.fail("input_size " + std::to_string(wanted) + ", the channels before it", std::to_string(found));
    if (const std::size_t condition = array.whole("condition_size"); condition != config.inputs)
      array.fail("condition_size " + std::to_string(config.inputs) + ", the input's", std::to_string(condition));
    into.groups = array.whole("groups_input", 1), into.mix_groups = array.whole("groups_input_mixin", 1);
    read_1x1(array, into);
    read_head_of_array(array, into);
    if (!first && config.arrays.back().head_outputs != into.head_inputs())
      array.fail("a head of " + std::to_string(config.arrays.back().head_outputs) +
                     " channels, what the head before it gives",
                 std::to_string(into.head_inputs()));
    read_layers(array, into);
    return into;
  }

  static void read_1x1(const entry& array, wavenet_array& into) {
    if (array.has("layer1x1")) {
      const entry out{array.json["layer1x1"], array.file, array.part + ", layer1x1"};
      out.only({"active", "groups"});
      into.out = out.flag("active", true), into.out_groups = out.whole("groups", 1);
    }
    if (!into.out && into.bottleneck != into.channels)
      array.fail("a bottleneck of " + std::to_string(into.channels) + " channels where layer1x1 is not active",
                 std::to_string(into.bottleneck));
    if (array.has("head1x1")) {
      const entry head{array.json["head1x1"], array.file, array.part + ", head1x1"};
      head.only({"active", "groups", "out_channels"});
      into.head1x1 = head.flag("active", true);
      into.head1x1_outputs = head.whole("out_channels", into.channels), into.head1x1_groups = head.whole("groups", 1);
    }
    if (into.out)
      divides(array, into.out_groups, into.bottleneck, into.channels);
    if (into.head1x1)
      divides(array, into.head1x1_groups, into.bottleneck, into.head1x1_outputs);
  }

  static void read_head_of_array(const entry& array, wavenet_array& into) {
    if (!array.has("head")) {
      into.head_outputs = array.whole("head_size"), into.head_bias = array.flag("head_bias", false);
      return;
    }
    const entry head{array.json["head"], array.file, array.part + ", head"};
    head.only({"out_channels", "kernel_size", "bias", "head_dilation"});
    into.head_outputs = head.whole("out_channels"), into.head_kernel = head.whole("kernel_size");
    into.head_dilation = head.whole("head_dilation", 1), into.head_bias = head.flag("bias", false);
  }

  static void read_layers(const entry& array, wavenet_array& into) {
    const auto& dilations = io::detail::member(array.json, "dilations", array.file, array.part);
    if (!dilations.is_array() || dilations.empty())
      array.fail("'dilations' as an array of at least one", io::detail::in_quotes(dilations.dump()));
    const std::size_t count = dilations.size();
    for (std::size_t k = 0; k < count; ++k) {
      const auto& kernel = array.has("kernel_sizes")
                               ? of_layer(array, "kernel_sizes", k, count)
                               : io::detail::member(array.json, "kernel_size", array.file, array.part);
      wavenet_layer layer{whole(array, kernel, "kernel_size"), whole(array, dilations[k], "dilations"),
                          read_nam_activation(of_layer(array, "activation", k, count), array.file, array.part)};
      std::string mode = array.flag("gated", false) ? "gated" : "none";
      if (array.has("gating_mode")) {
        const auto& said = of_layer(array, "gating_mode", k, count);
        mode = said.is_string() ? said.get<std::string>() : said.dump();
      }
      layer.is_gated = mode == "gated";
      if (!layer.is_gated && mode != "none")
        array.fail("gating_mode 'none' or 'gated'", io::detail::in_quotes(mode));
      if (layer.is_gated) {
        const nlohmann::json sigmoid = "Sigmoid";
        layer.second = read_nam_activation(
            array.has("secondary_activation") ? of_layer(array, "secondary_activation", k, count) : sigmoid, array.file,
            array.part);
        for (nam_activation* one : {&layer.first, &layer.second})
          if (one->slopes.size() == 1) { // one slope for all is no prelu
            one->sigma.name = "leaky_relu", one->sigma.parameter = one->slopes[0];
            one->slopes.clear();
          } else if (!one->slopes.empty())
            array.fail("gates without slopes of each channel", "PReLU with 'negative_slopes'");
      }
      const std::size_t inner = layer.is_gated ? 2 * into.bottleneck : into.bottleneck;
      divides(array, into.groups, into.channels, inner);
      divides(array, into.mix_groups, whole(array, array.json["condition_size"], "condition_size"), inner);
      into.layers.push_back(std::move(layer));
    }
  }

  void read_head(const entry& head) {
    head.only({"channels", "out_channels", "kernel_sizes", "activation", "in_channels"});
    const std::size_t inputs = config.arrays.back().head_outputs;
    if (const std::size_t found = head.has("in_channels") ? head.whole("in_channels") : inputs; found != inputs)
      head.fail("in_channels " + std::to_string(inputs) + ", what the last array gives", std::to_string(found));
    const auto& kernels = io::detail::member(head.json, "kernel_sizes", head.file, head.part);
    if (!kernels.is_array() || kernels.empty())
      head.fail("'kernel_sizes' as an array of at least one", io::detail::in_quotes(kernels.dump()));
    for (const auto& kernel : kernels)
      config.head_kernels.push_back(whole(head, kernel, "kernel_sizes"));
    config.head_channels = head.whole("channels"), config.head_outputs = head.whole("out_channels");
    config.head_activation =
        read_nam_activation(io::detail::member(head.json, "activation", head.file, head.part), head.file, head.part);
  }

  const entry from;
};

inline wavenet_config read_wavenet_config(const nlohmann::json& json, const std::string& file) {
  return wavenet_config_reader(json, file).config;
}

} // namespace inlay::audio
