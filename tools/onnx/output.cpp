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

port choose_output(const graph& model, const std::string& name) {
  std::string names;
  std::vector<port> choice;
  auto varies = varying(model);
  for (const auto& output : model.outputs) {
    names += (names.empty() ? "" : ", ") + in_quotes(output.name) + (output.floating ? "" : " of " + output.type);
    if (name.empty() ? output.floating && varies[output.name] : output.name == name)
      choice.push_back(output);
  }
  if (choice.size() == 1 && !choice[0].floating && choice[0].type.ends_with("FLOAT16"))
    throw io::error(model.file, "output " + in_quotes(choice[0].name), float_or_double, choice[0].type);
  if (choice.size() == 1)
    return choice[0];
  if (name.empty() && model.outputs.size() == 1 && !varies[model.outputs[0].name])
    refuse_without_input(model, model.outputs[0].name);
  if (name.empty() && model.outputs.size() == 1)
    throw io::error(model.file, "output " + in_quotes(model.outputs[0].name), float_or_double, model.outputs[0].type);
  if (!name.empty()) { // any tensor within will do
    for (const node& of : model.nodes)
      if (!of.outputs.empty() && of.outputs[0] == name)
        return {.name = name, .shape = {}, .shape_text = "", .floating = true};
    throw io::error(model.file, "output " + in_quotes(name), "a tensor of this name",
                    names.empty() ? "no outputs" : "outputs " + names);
  }
  for (const node& of : model.nodes) // scikit-learn's probabilities, as a dictionary for each sample
    if (of.op == "ZipMap" && !of.inputs.empty())
      names += "; " + of.title() + " makes its output of " + in_quotes(of.inputs[0]) + ", which may be named";
  throw io::error(model.file, "outputs",
                  "one of FLOAT or DOUBLE that depends on the input, or OUTPUT with the name of the one that is meant",
                  names.empty() ? "none" : names);
}

graph pruned(graph model, const std::string& output) {
  std::set<std::string> wanted{output};
  std::vector<node> nodes;
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    node& of = model.nodes[i];
    if (std::none_of(of.outputs.begin(), of.outputs.end(),
                     [&](auto& name) { return !name.empty() && wanted.contains(name); }))
      continue;
    check_operator(model, of);
    if (!wanted.contains(of.outputs[0]) || of.outputs[0].empty())
      throw io::error(model.file, of.title(), "its first output to be used", "another one used");
    wanted.insert(of.inputs.begin(), of.inputs.end());
    nodes.insert(nodes.begin(), std::move(of));
  }
  for (const auto& [name, why] : model.refused)
    if (wanted.contains(name))
      throw io::error(why);
  model.nodes = std::move(nodes);
  std::erase_if(model.constants, [&](auto& constant) { return !wanted.contains(constant.first); });
  std::erase_if(model.inputs, [&](auto& input) { return !wanted.contains(input.name); });
  return model;
}

} // namespace inlay::onnx
