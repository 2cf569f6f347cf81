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
  return of.domain.empty() && (of.op == "ArgMax" || of.op == "Multinomial") && !of.inputs.empty();
}
bool keeps_rank(const node& of) { return of.op != "ArgMax" || of.number("keepdims", 1) != 0; }

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

} // namespace

void cut_tails(graph& model, std::vector<std::string>& notes) {
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
      of->op = "Identity", of->attributes.clear(), of->inputs.resize(1);
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
    if (of.op != "Log" || !of.domain.empty() || of.inputs.size() != 1)
      continue;
    if (const node* softmax = maker_of(model, of.inputs[0]); softmax && softmax->op == "Softmax" && softmax->domain.empty())
      of.op = "LogSoftmax", of.inputs = softmax->inputs, of.attributes = softmax->attributes, of.refused = softmax->refused;
  }
}

} // namespace inlay::onnx
