#include "output.hpp"

#include "interpreter/evaluate.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <set>

namespace inlay::onnx {

using io::detail::in_quotes;

void refuse_without_input(const graph& model, const std::string& output) {
  bool computed = model.constants.contains(output) || model.refused.contains(output);
  for (const node& of : model.nodes)
    computed |= std::count(of.outputs.begin(), of.outputs.end(), output) > 0;
  throw io::error(model.file, "output " + in_quotes(output),
                  computed ? "a result that depends on the input" : "a node that computes it",
                  computed ? "one that is made of parameters alone" : "none");
}

namespace {

/// Whether a tensor is an input of the model, or no more than one in another shape.
bool is_copy(const graph& model, std::string name) {
  static const std::set<std::string> rearranging{"Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast"};
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    const node& of = model.nodes[i];
    if (of.outputs.empty() || of.outputs[0] != name)
      continue;
    if (!of.domain.empty() || !rearranging.contains(of.op) || of.inputs.empty())
      return false;
    name = of.inputs[0];
  }
  return std::any_of(model.inputs.begin(), model.inputs.end(), [&](const port& input) { return input.name == name; });
}

port output_of(const graph& model, const std::string& name, const std::string& names) {
  for (const auto& output : model.outputs)
    if (output.name == name) {
      if (output.type.ends_with("FLOAT16"))
        throw io::error(model.file, "output " + in_quotes(name), float_or_double, output.type);
      return output;
    }
  for (const node& of : model.nodes) // any tensor within will do
    if (!of.outputs.empty() && of.outputs[0] == name)
      return {.name = name, .shape = {}, .shape_text = "", .floating = true};
  throw io::error(model.file, "output " + in_quotes(name), "a tensor of this name",
                  names.empty() ? "no outputs" : "outputs " + names);
}

} // namespace

std::vector<port> choose_outputs(const graph& model, const std::vector<std::string>& wanted) {
  std::string names;
  for (const auto& output : model.outputs)
    names += (names.empty() ? "" : ", ") + in_quotes(output.name) + (output.floating ? "" : " of " + output.type);
  std::vector<port> choice;
  for (const auto& name : wanted)
    if (std::none_of(choice.begin(), choice.end(), [&](const port& one) { return one.name == name; }))
      choice.push_back(output_of(model, name, names));
  if (!wanted.empty())
    return choice;
  auto varies = varying(model);
  for (const auto& output : model.outputs)
    if (output.floating && varies[output.name] && !is_copy(model, output.name))
      choice.push_back(output);
  if (!choice.empty())
    return choice;
  if (model.outputs.size() == 1) {
    const port& only = model.outputs[0];
    if (!varies[only.name])
      refuse_without_input(model, only.name);
    if (!only.floating)
      throw io::error(model.file, "output " + in_quotes(only.name),
                      only.type.ends_with("FLOAT16") ? float_or_double : floats_before_label, only.type);
    throw io::error(model.file, "", "a net of at least one layer", "a model that computes nothing");
  }
  for (const node& of : model.nodes) // scikit-learn's probabilities, as a dictionary for each sample
    if (of.op == "ZipMap" && !of.inputs.empty())
      names += "; " + of.title() + " makes its output of " + in_quotes(of.inputs[0]) + ", which may be named";
  throw io::error(model.file, "outputs",
                  "one of FLOAT or DOUBLE that depends on the input, or OUTPUT with the name of the one that is meant",
                  names.empty() ? "none" : names);
}

graph pruned(graph model, const std::vector<port>& outputs) {
  std::set<std::string> wanted;
  for (const port& output : outputs)
    wanted.insert(output.name);
  std::vector<node> nodes;
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    node& of = model.nodes[i];
    std::vector<node> each; // one for each of its outputs that is wanted
    for (std::size_t k = 0; k < of.outputs.size(); ++k)
      if (!of.outputs[k].empty() && wanted.contains(of.outputs[k])) {
        check_operator(model, of);
        each.push_back(of);
        each.back().outputs = {of.outputs[k]}, each.back().which = k;
      }
    for (const node& one : each) {
      wanted.insert(one.inputs.begin(), one.inputs.end());
      nodes.push_back(one);
    }
  }
  std::reverse(nodes.begin(), nodes.end());
  for (const auto& [name, why] : model.refused)
    if (wanted.contains(name))
      throw io::error(why);
  model.nodes = std::move(nodes);
  std::erase_if(model.constants, [&](auto& constant) { return !wanted.contains(constant.first); });
  std::erase_if(model.inputs, [&](auto& input) { return !wanted.contains(input.name); });
  return model;
}

} // namespace inlay::onnx
