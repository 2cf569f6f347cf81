#pragma once

#include "interpreter/operators.hpp"
#include "recognize/function.hpp"
#include "recognize/probes.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/scale.hpp"

#include <algorithm>
#include <set>

namespace inlay::onnx::recognizers {

/// The longest function of one number, in whatever formula: nodes that each compute every element by itself.
inline bool take_activation(follower& here, const way& on) {
  std::map<std::string, tensor> at_probes{{here.current, {{static_cast<std::int64_t>(probes().size())}, probes()}}};
  const auto users = [&](const std::string& name) {
    return static_cast<std::size_t>(std::count_if(on.between.begin(), on.between.end(), [&](const node* of) {
      return std::find(of->inputs.begin(), of->inputs.end(), name) != of->inputs.end();
    }));
  };
  std::map<std::string, std::size_t> open{{here.current, users(here.current)}}; // tensors with users to come
  const node* last_activation = nullptr;
  const node* last_affine = nullptr;
  scaled_activation activation;
  std::pair<double, double> affine;
  for (const node* of : on.between) {
    if (std::none_of(of->inputs.begin(), of->inputs.end(), [&](auto& name) { return at_probes.contains(name); }))
      continue;
    if (!is_elementwise(*of) && of->op != "Cast" && of->op != "CastLike" && of->op != "Dropout")
      break;
    std::vector<tensor> constants;
    std::vector<const tensor*> inputs;
    constants.reserve(of->inputs.size());
    bool known = true;
    for (const auto& name : of->inputs) {
      if (name.empty() || at_probes.contains(name)) {
        inputs.push_back(name.empty() ? nullptr : &at_probes.at(name));
      } else {
        known = known && !here.varies(name) && here.value(name).size() == 1;
        if (!known)
          break;
        constants.push_back(scalar(here.value(name).values[0]));
        inputs.push_back(&constants.back());
      }
    }
    if (!known || here.value(of->outputs[0]).size() != here.value(here.current).size())
      break;
    if (of->op == "Cast" && of->number("to", 1) != 1 && of->number("to", 1) != 11)
      break;
    at_probes[of->outputs[0]] = evaluate(here.model, *of, inputs);
    const std::set<std::string> distinct(of->inputs.begin(), of->inputs.end());
    for (const auto& name : distinct)
      if (const auto found = open.find(name); found != open.end() && --found->second == 0)
        open.erase(found);
    const bool ends = of->outputs[0] == on.end;
    open[of->outputs[0]] = ends ? 1 : users(of->outputs[0]);
    if (open.size() == 1 && open.begin()->first == of->outputs[0]) { // everything from here goes through this tensor
      const auto& values = at_probes[of->outputs[0]].values;
      if (const auto found = recognize(values))
        last_activation = of, activation = *found;
      else if (const auto line = recognize_affine(values))
        last_affine = of, affine = *line;
    }
    if (ends)
      break;
  }
  const std::size_t n = here.where.size();
  if (last_activation) {
    const auto& of = *last_activation;
    if (activation.scale != 1 || activation.shift != 0)
      add_scale(here, of, on.into, std::vector(n, activation.scale), std::vector(n, activation.shift));
    step one{step::kind::activation, of.title()};
    one.layer.activation = activation.activation;
    if (activation.activation.name != "identity")
      on.into.push_back(std::move(one));
    if (activation.scale_after != 1 || activation.shift_after != 0)
      add_scale(here, of, on.into, std::vector(n, activation.scale_after), std::vector(n, activation.shift_after));
    here.move_on(of);
  } else if (last_affine) {
    add_scale(here, *last_affine, on.into, std::vector(n, affine.first), std::vector(n, affine.second));
    here.move_on(*last_affine);
  }
  return last_activation || last_affine;
}

inline recognizer_rows activation_rows() { return {{several_nodes, take_activation}}; }

} // namespace inlay::onnx::recognizers
