#include "tails.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <set>

namespace inlay::onnx {

using io::detail::in_quotes;

namespace {

node* maker_of(graph& model, const std::string& name) {
  for (node& of : model.nodes)
    if (std::find(of.outputs.begin(), of.outputs.end(), name) != of.outputs.end())
      return &of;
  return nullptr;
}

bool chooses(const node& of) {
  return of.domain.empty() && (of.op == "ArgMax" || of.op == "ArgMin" || of.op == "TopK" || of.op == "Multinomial") && !of.inputs.empty();
}
bool keeps_rank(const node& of) { return (of.op != "ArgMax" && of.op != "ArgMin") || of.number("keepdims", 1) != 0; }

/// What leads to a tensor from choosing nodes: those, and the nodes between. False if something else does, too.
bool trace(graph& model, const std::string& name, std::set<node*>& choosing, std::set<node*>& between) {
  static const std::set<std::string> moving{"Identity", "Cast", "Concat", "Squeeze", "Unsqueeze", "Reshape", "Flatten"};
  node* of = maker_of(model, name);
  if (!of || of->inputs.empty())
    return false;
  if (chooses(*of))
    return choosing.insert(of), true;
  if (!of->domain.empty() || !moving.contains(of->op) || between.size() > 1000)
    return false;
  between.insert(of);
  const std::size_t data = of->op == "Concat" ? of->inputs.size() : 1;
  for (std::size_t i = 0; i < data; ++i)
    if (!trace(model, of->inputs[i], choosing, between))
      return false;
  return true;
}

/// Tensors that depend on what is chosen.
std::set<std::string> behind_choices(const graph& model) {
  std::set<std::string> behind;
  for (const node& of : model.nodes) // in an order in which they can be computed
    if (chooses(of) || std::any_of(of.inputs.begin(), of.inputs.end(), [&](auto& name) { return behind.contains(name); }))
      behind.insert(of.outputs.begin(), of.outputs.end());
  behind.erase("");
  return behind;
}

/// Numbers that depend on what is chosen, as the logarithm of its probability, are left out where something else is left.
void leave_out_chosen(graph& model, std::vector<std::string>& notes) {
  const auto behind = behind_choices(model);
  const auto left_out = [&](const port& output) { return output.floating && behind.contains(output.name); };
  if (std::all_of(model.outputs.begin(), model.outputs.end(), left_out))
    return;
  for (const port& output : model.outputs)
    if (left_out(output))
      notes.push_back("output " + in_quotes(output.name) + ": left out, as it depends on what is chosen");
  std::erase_if(model.outputs, left_out);
}

/// Whether a node reduces along the last axis, and keeps it.
bool along_last_axis(const graph& model, const node& of) {
  auto axes = of.list("axes");
  if (of.inputs.size() > 1)
    if (const auto given = model.constants.find(of.inputs[1]); given != model.constants.end())
      axes.assign(given->second.values.begin(), given->second.values.end());
  return axes.size() == 1 && axes[0] == -1 && of.number("keepdims", 1) != 0;
}

} // namespace

void cut_tails(graph& model, std::vector<std::string>& notes) {
  leave_out_chosen(model, notes);
  std::vector<port> outputs;
  const auto is_output = [&](const std::string& name) {
    return std::any_of(model.outputs.begin(), model.outputs.end(), [&](const port& one) { return one.name == name; });
  };
  for (port output : model.outputs) {
    std::set<node*> choosing, between;
    if (output.floating || !trace(model, output.name, choosing, between)) {
      outputs.push_back(output);
      continue;
    }
    const bool in_place =
        std::all_of(choosing.begin(), choosing.end(), [](const node* of) { return keeps_rank(*of); }) &&
        std::all_of(between.begin(), between.end(), [](const node* of) { return of->op != "Reshape" && of->op != "Squeeze"; });
    std::string names;
    for (node& of : model.nodes) { // in the order of the graph
      if (!choosing.contains(&of))
        continue;
      names += (names.empty() ? "" : ", ") + of.title();
      if (in_place || is_output(of.inputs[0]))
        continue;
      port cut{.name = of.inputs[0], .shape = {}, .shape_text = "", .type = "FLOAT", .floating = true};
      outputs.push_back(cut);
    }
    const bool known = choosing.size() == 1 && is_output((*choosing.begin())->inputs[0]);
    notes.push_back("output " + in_quotes(output.name) + ": without " + names + ": " +
                    (known      ? in_quotes((*choosing.begin())->inputs[0]) + " is what that chooses from"
                     : in_place ? "what is chosen from"
                                : "what is chosen from, as an output of its own"));
    if (!in_place || known)
      continue;
    for (node* of : choosing)
      of->op = "Identity", of->attributes.clear(), of->inputs.resize(1), of->outputs = {of->outputs.back()};
    for (node* of : between)
      if (of->op == "Cast")
        of->op = "Identity", of->attributes.clear();
    output.floating = true, output.type = "FLOAT";
    outputs.push_back(output);
  }
  model.outputs = std::move(outputs);
}

void join_logarithms(graph& model) {
  for (node& of : model.nodes) {
    if (of.op == "Sub" && of.domain.empty() && of.inputs.size() == 2)
      if (const node* sum = maker_of(model, of.inputs[1]); sum && sum->operation() == "ReduceLogSumExp" && sum->inputs[0] == of.inputs[0])
        if (along_last_axis(model, *sum)) {
          of.op = "LogSoftmax", of.inputs.resize(1), of.attributes.clear();
          of.attributes["axis"].number = -1;
        }
    if (of.op != "Log" || !of.domain.empty() || of.inputs.size() != 1)
      continue;
    if (const node* softmax = maker_of(model, of.inputs[0]); softmax && softmax->op == "Softmax" && softmax->domain.empty())
      of.op = "LogSoftmax", of.inputs = softmax->inputs, of.attributes = softmax->attributes, of.refused = softmax->refused;
  }
}

} // namespace inlay::onnx
