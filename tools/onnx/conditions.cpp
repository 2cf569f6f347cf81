#include "conditions.hpp"

#include "interpreter/evaluate.hpp"
#include "output.hpp"

#include <iterator>

namespace inlay::onnx {

namespace {

using names_t = std::map<std::string, std::string>;

/// Zeros for all inputs, open extents being `extent`; nothing where they are too many.
std::optional<std::map<std::string, tensor>> zeros(const graph& model, std::int64_t extent) {
  std::map<std::string, tensor> values;
  for (const port& input : model.inputs) {
    std::size_t size = 1;
    auto shape = input.shape;
    for (std::int64_t& one : shape)
      if (__builtin_mul_overflow(size, static_cast<std::size_t>(one = one < 0 ? extent : one), &size) || size > model.element_limit)
        return {};
    values[input.name] = {std::move(shape), std::vector<double>(size, 0)};
  }
  return values;
}

/// What the condition is, whatever the input and the number of samples are; nothing if it depends on them.
std::optional<bool> value_of(const graph& model, const std::string& condition) {
  try {
    const graph part = pruned(model, {{.name = condition, .shape = {}, .shape_text = ""}});
    if (varying(part)[condition])
      return {};
    std::optional<bool> value;
    for (const std::int64_t extent : {2, 3}) {
      auto given = zeros(part, extent);
      if (!given)
        return {};
      const tensor found = evaluate(part, std::move(*given)).at(condition);
      if (found.size() != 1 || (value && *value != (found.values[0] != 0)))
        return {};
      value = found.values[0] != 0;
    }
    return value;
  } catch (const io::error&) { // an operator that is not known, which is a reason of its own
    return {};
  }
}

/// A node with other names for some tensors, in the graphs within it, too.
node renamed(node of, const names_t& names) {
  const auto rename = [&](std::string& name) {
    if (const auto found = names.find(name); found != names.end())
      name = found->second;
  };
  for (auto& name : of.inputs)
    rename(name);
  for (auto& name : of.outputs)
    rename(name);
  for (auto& [attribute, within] : of.bodies) {
    auto copy = std::make_shared<body>(*within);
    for (node& inner : copy->nodes)
      inner = renamed(std::move(inner), names);
    for (auto& name : copy->outputs)
      rename(name);
    within = std::move(copy);
  }
  return of;
}

/// The nodes of a branch, with names of their own, and what gives their results to the node's outputs.
std::vector<node> nodes_of(graph& model, const node& of, const body& taken) {
  if (taken.outputs.size() != of.outputs.size())
    throw io::error(model.file, of.title(), "as many outputs of each branch as it has, " + std::to_string(of.outputs.size()),
                    std::to_string(taken.outputs.size()));
  const std::string prefix = of.outputs[0] + "/";
  names_t names;
  for (const auto& [name, value] : taken.constants)
    model.constants.emplace(names[name] = prefix + name, value);
  for (const node& one : taken.nodes)
    for (const auto& name : one.outputs)
      if (!name.empty())
        names[name] = prefix + name;
  std::vector<node> nodes;
  for (const node& one : taken.nodes)
    nodes.push_back(renamed(one, names));
  for (std::size_t k = 0; k < of.outputs.size(); ++k) {
    const auto found = names.find(taken.outputs[k]);
    nodes.push_back({.name = of.name, .op = "Identity", .domain = "", .inputs = {found == names.end() ? taken.outputs[k] : found->second}, .outputs = {of.outputs[k]}, .attributes = {}});
  }
  return nodes;
}

} // namespace

void resolve_conditions(graph& model) {
  constexpr std::size_t most = 100'000;
  for (std::size_t at = 0; at < model.nodes.size();) {
    const node& found = model.nodes[at];
    const bool both = found.bodies.contains("then_branch") && found.bodies.contains("else_branch");
    const auto condition = both && !found.inputs.empty() && !found.outputs.empty() ? value_of(model, found.inputs[0]) : std::nullopt;
    if (!condition) {
      ++at;
      continue;
    }
    const node of = std::move(model.nodes[at]);
    auto nodes = nodes_of(model, of, *of.bodies.at(*condition ? "then_branch" : "else_branch"));
    if (model.nodes.size() + nodes.size() > most)
      throw io::error(model.file, of.title(), "a graph of at most " + std::to_string(most) + " nodes", "more");
    model.nodes.erase(model.nodes.begin() + static_cast<std::ptrdiff_t>(at));
    model.nodes.insert(model.nodes.begin() + static_cast<std::ptrdiff_t>(at), std::make_move_iterator(nodes.begin()),
                       std::make_move_iterator(nodes.end())); // looked at next: there may be others among them
  }
}

} // namespace inlay::onnx
