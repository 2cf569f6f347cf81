#include "directions.hpp"

#include <algorithm>

namespace inlay::onnx {

namespace {

bool is_alone(const graph& model, const node& of, const char* direction) {
  return of.is_recurrent() && of.which == 0 && of.text("direction", "forward") == direction && of.inputs.size() > 2 &&
         of.number("layout", 0) == 0 &&
         std::all_of(of.inputs.begin() + 1, of.inputs.end(),
                     [&](auto& name) { return name.empty() || model.constants.contains(name); });
}

/// Whether both are of one X, one form and the same tensors, of which W, R and B may differ.
bool match(const node& forward, const node& reverse) {
  const auto without_direction = [](const node& of) {
    auto attributes = of.attributes;
    attributes.erase("direction");
    return attributes;
  };
  const auto a = without_direction(forward), b = without_direction(reverse);
  const bool alike = a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto& one) {
                       const auto found = b.find(one.first);
                       return found != b.end() && found->second.number == one.second.number &&
                              found->second.numbers == one.second.numbers && found->second.text == one.second.text;
                     });
  return alike && forward.op == reverse.op && forward.inputs[0] == reverse.inputs[0] &&
         forward.inputs.size() == reverse.inputs.size() && forward.inputs.size() <= 4; // from zeros
}

/// One behind the other along their first axis.
std::string joined(graph& model, const std::string& a, const std::string& b, const std::string& name) {
  tensor all = model.constants.at(a);
  const tensor& other = model.constants.at(b);
  if (all.rank() == 0 || other.shape != all.shape || all.shape[0] != 1)
    return {};
  all.values.insert(all.values.end(), other.values.begin(), other.values.end());
  all.shape[0] = 2;
  model.constants[name] = std::move(all);
  return name;
}

/// Both as one, and each as its part; nothing where their tensors do not fit.
std::vector<node> both(graph& model, const node& forward, const node& reverse) {
  const std::string prefix = forward.outputs[0] + "/both/";
  node all = forward;
  all.outputs = {prefix + "y"};
  for (std::size_t i = 1; i < all.inputs.size(); ++i) {
    if (forward.inputs[i].empty() != reverse.inputs[i].empty())
      return {};
    if (forward.inputs[i].empty())
      continue;
    all.inputs[i] = joined(model, forward.inputs[i], reverse.inputs[i], prefix + std::to_string(i));
    if (all.inputs[i].empty())
      return {};
  }
  all.attributes["direction"].text = "bidirectional";
  if (const auto given = all.attributes.find("activations"); given != all.attributes.end())
    given->second.text += ", " + given->second.text;
  std::vector<node> nodes{all};
  for (std::size_t d = 0; d < 2; ++d) { // of [steps, directions, batch, units]
    const node& of = d ? reverse : forward;
    node part{.name = of.name, .op = "Split", .domain = "", .inputs = all.outputs, .outputs = of.outputs, .attributes = {}};
    part.attributes["axis"].number = 1;
    part.which = d, part.parts = 2;
    nodes.push_back(part);
  }
  return nodes;
}

} // namespace

void join_directions(graph& model) {
  for (std::size_t r = 0; r < model.nodes.size(); ++r)
    for (std::size_t f = 0; is_alone(model, model.nodes[r], "reverse") && f < model.nodes.size(); ++f) {
      if (!is_alone(model, model.nodes[f], "forward") || !match(model.nodes[f], model.nodes[r]))
        continue;
      const auto nodes = both(model, model.nodes[f], model.nodes[r]);
      if (nodes.empty())
        continue;
      const std::size_t first = std::min(f, r); // X is there
      model.nodes.erase(model.nodes.begin() + static_cast<std::ptrdiff_t>(std::max(f, r)));
      model.nodes.erase(model.nodes.begin() + static_cast<std::ptrdiff_t>(first));
      model.nodes.insert(model.nodes.begin() + static_cast<std::ptrdiff_t>(first), nodes.begin(), nodes.end());
      r = first + nodes.size() - 1;
      break;
    }
}

} // namespace inlay::onnx
