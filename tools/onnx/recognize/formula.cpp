#include "recognize/formula.hpp"

#include <algorithm>
#include <functional>

namespace inlay::onnx {

std::map<std::string, tensor> formula::values(std::map<std::string, tensor> given, const node& last) const {
  for (const node* of : nodes) {
    if (!given.contains(of->outputs[0])) {
      std::vector<const tensor*> inputs;
      for (const auto& name : of->inputs) {
        const auto found = given.find(name);
        inputs.push_back(name.empty() ? nullptr : (found != given.end() ? &found->second : &here.value(name)));
      }
      tensor result = evaluate(here.model, *of, inputs);
      if (result.shape != here.value(of->outputs[0]).shape) // who asks goes by that one
        here.fail(*of, "a shape that does not depend on the input", text_of(result.shape) + " and " + text_of(here.value(of->outputs[0]).shape));
      given.emplace(of->outputs[0], std::move(result));
    }
    if (of == &last)
      break;
  }
  return given;
}

bool formula::has(std::initializer_list<const char*> operations) const {
  return std::any_of(nodes.begin(), nodes.end(), [&](const node* of) {
    return std::any_of(operations.begin(), operations.end(), [&](const char* one) { return of->operation() == one; });
  });
}

std::vector<formula> formulas(const follower& here, const way& on, const std::function<bool(const node&)>& known) {
  const auto users = [&](const std::string& name) {
    return static_cast<std::size_t>(std::count_if(on.between.begin(), on.between.end(), [&](const node* of) {
      return std::find(of->inputs.begin(), of->inputs.end(), name) != of->inputs.end();
    }));
  };
  std::map<std::string, std::size_t> open{{here.current, users(here.current)}}; // tensors with users to come
  std::set<std::string> inside{here.current};
  std::vector<formula> found;
  nodes_t nodes;
  for (const node* of : on.between) {
    const std::set<std::string> distinct(of->inputs.begin(), of->inputs.end());
    const auto within = [&](const std::string& name) { return inside.contains(name); };
    if (std::none_of(distinct.begin(), distinct.end(), within))
      continue;
    if (!known(*of) ||
        std::any_of(distinct.begin(), distinct.end(), [&](auto& name) { return here.varies(name) && !within(name); }))
      break;
    nodes.push_back(of);
    inside.insert(of->outputs[0]);
    for (const auto& name : distinct)
      if (const auto at = open.find(name); at != open.end() && --at->second == 0)
        open.erase(at);
    const bool ends = of->outputs[0] == on.end;
    open[of->outputs[0]] = ends ? 1 : users(of->outputs[0]);
    if (open.size() == 1)
      found.push_back({here, nodes});
    if (ends)
      break;
  }
  return found;
}

} // namespace inlay::onnx
