#include "explain.hpp"

#include "reasons.hpp"

#include "inlay/io/detail/attention.hpp"
#include "inlay/io/detail/recurrent_storage.hpp"
#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

namespace {

using io::detail::layer_description;
using io::detail::text_of;
using layers_t = std::vector<layer_description>;

std::size_t parameters_of(const layer_description& layer) {
  std::size_t count = 0;
  for (const auto& tensor : layer.parameters)
    count += tensor.trained ? tensor.values.size() : 0;
  for (const auto& branch : layer.branches)
    for (const auto& inner : branch)
      count += parameters_of(inner);
  return count;
}
/// Of all steps of a sequence; what ends it leaves one.
std::size_t multiply_adds_of(const layers_t& layers, std::size_t steps);
std::size_t multiply_adds_of(const layer_description& layer, std::size_t steps) {
  std::size_t count = 0;
  if (io::detail::is_recurrent(layer))
    count = (layer.parameters[0].values.size() + layer.parameters[1].values.size()) * steps;
  else if (layer.is_a("self_attention"))
    count = (layer.parameters[0].values.size() + layer.parameters[2].values.size()) * steps +
            2 * layer.parameters[3].shape[0] * io::detail::attention_view{layer}.pairs(steps);
  else if (layer.layout) {
    const auto output = layer.row_of_output();
    count = layer.weights().size() * (io::detail::size_of(output) / output[0]) * steps;
  }
  for (const auto& branch : layer.branches)
    count += multiply_adds_of(branch, steps);
  return count;
}
std::size_t multiply_adds_of(const layers_t& layers, std::size_t steps) {
  std::size_t count = 0;
  for (const auto& layer : layers) {
    count += multiply_adds_of(layer, steps);
    steps = layer.ends_sequence() ? 1 : steps;
  }
  return count;
}

/// "conv2d<16, 8, 8> leaky_relu"
std::string name_of(const layer_description& layer) {
  std::string text = layer.is_activation() ? "" : layer.is.name, arguments;
  for (const io::detail::argument& one : layer.arguments) {
    if (one.plain || layer.is_activation())
      continue;
    const bool number = one.is == io::detail::argument::kind::number, word = one.is == io::detail::argument::kind::word;
    std::string said = number                                       ? std::to_string(one.value)
                       : word                                       ? one.name
                       : one.is == io::detail::argument::kind::text ? one.text
                                                                    : "";
    for (std::size_t at = said.find("inlay::"); at != said.npos; at = said.find("inlay::"))
      said.erase(at, 7);
    arguments += (arguments.empty() || said.empty() ? "" : ", ") + said;
  }
  text += arguments.empty() ? "" : "<" + arguments + ">";
  if (layer.is_activation() || layer.has_activation())
    text += (text.empty() ? "" : " ") + layer.activation.name;
  return text;
}

std::string padded(std::string text, std::size_t width, bool left = true) {
  const std::string blanks(width > text.size() ? width - text.size() : 0, ' ');
  return left ? text + blanks : blanks + text;
}

void add_layers(const layers_t& layers, std::size_t steps, const std::string& indent, std::string& text) {
  for (const auto& layer : layers) {
    text += "  " + padded(indent + name_of(layer), 48) + " " + padded(text_of(layer.output), 16) +
            padded(std::to_string(parameters_of(layer)), 11, false) +
            padded(std::to_string(multiply_adds_of(layer, steps)), 14, false) + "\n";
    for (std::size_t k = 0; k < layer.branches.size(); ++k) {
      text += "  " + indent + "  branch " + std::to_string(k + 1) + (layer.branches[k].empty() ? ": as it comes" : "") + "\n";
      add_layers(layer.branches[k], steps, indent + "    ", text);
    }
    steps = layer.ends_sequence() ? 1 : steps;
  }
}

std::string names_of(const std::vector<port>& ports) {
  std::string text;
  for (const port& one : ports)
    text +=
        (text.empty() ? "" : ", ") + io::detail::printable(one.name, 40) + (one.shape_text.empty() ? "" : " " + one.shape_text);
  return text;
}

} // namespace

explanation explain(const std::filesystem::path& file, const import_options& options) {
  explanation of;
  import_options once = options;
  once.verify = false;
  try {
    const graph model = load_graph(file);
    const auto all = reasons(model, options);
    if (all.empty()) {
      const imported_model net = import_model(model, once);
      of.taken = true, of.layers = net.net.layers.size();
      of.summary = names_of(net.inputs) + " -> " + names_of(net.outputs);
      of.text = file.string() + ": a net of " + (net.net.double_precision ? "double" : "float") + ", " + of.summary + "\n";
      for (const auto& note : net.notes)
        of.text += "  " + note + "\n";
      of.text += "  " + padded("layer", 48) + " " + padded("output", 16) + padded("parameters", 11, false) +
                 padded("multiply-adds", 14, false) + "\n";
      const std::size_t steps = net.net.over_time ? net.net.input[0] : 1;
      add_layers(net.net.layers, steps, "", of.text);
      for (const auto& layer : net.net.layers)
        of.parameters += parameters_of(layer);
      of.multiply_adds = multiply_adds_of(net.net.layers, steps);
      of.text += "  " + std::to_string(of.layers) + (of.layers == 1 ? " layer, " : " layers, ") +
                 std::to_string(of.parameters) + " parameters, " + std::to_string(of.multiply_adds) + " multiply-adds\n";
      return of;
    }
    for (const io::error& why : all)
      of.text += std::string(why.what()) + "\n";
    of.reasons = all.size();
    of.summary =
        (all[0].part().empty() ? "" : all[0].part() + ": ") + "expected " + all[0].expected() + ", found " + all[0].found();
    for (const auto& line : advice(model, options))
      of.text += file.string() + ": " + line + "\n";
    of.text += file.string() + ": refused for " + std::to_string(of.reasons) + (of.reasons == 1 ? " reason\n" : " reasons\n");
  } catch (const io::error& why) {
    of.text = std::string(why.what()) + "\n", of.reasons = 1, of.summary = why.what();
  }
  return of;
}

std::string table(const std::vector<std::pair<std::string, explanation>>& files) {
  std::size_t width = 4, taken = 0;
  for (const auto& [name, of] : files)
    width = std::max(width, name.size()), taken += of.taken;
  std::string text = padded("file", width) + "  layers  parameters  multiply-adds\n";
  for (const auto& [name, of] : files)
    text += padded(name, width) + "  " +
            (of.taken ? padded(std::to_string(of.layers), 6, false) + padded(std::to_string(of.parameters), 12, false) +
                            padded(std::to_string(of.multiply_adds), 15, false) + "  " + of.summary
                      : "refused, " + std::to_string(of.reasons) + (of.reasons == 1 ? " reason: " : " reasons, the first: ") +
                            of.summary) +
            "\n";
  return text + std::to_string(files.size()) + " files: " + std::to_string(taken) + " taken, " +
         std::to_string(files.size() - taken) + " refused\n";
}

} // namespace inlay::onnx
