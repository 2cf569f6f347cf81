#include "recognize/follower.hpp"

#include "interpreter/operators.hpp"
#include "recognize/function.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace inlay::onnx {

using io::detail::layer_kind;

bool follower::take_activation(const std::string& end, std::vector<step>& into, const nodes_t& without) {
  std::map<std::string, tensor> at_probes{{current, {{static_cast<std::int64_t>(probes().size())}, probes()}}};
  std::map<std::string, std::size_t> open{{current, users(current, without).size()}}; // tensors with users to come
  const node* last_activation = nullptr;
  const node* last_affine = nullptr;
  scaled_activation activation;
  std::pair<double, double> affine;
  for (const node* of : needed) {
    if (std::count(without.begin(), without.end(), of))
      continue;
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
        known = known && !varies[name] && value(name).size() == 1;
        if (!known)
          break;
        constants.push_back(scalar(value(name).values[0]));
        inputs.push_back(&constants.back());
      }
    }
    if (!known || value(of->outputs[0]).size() != value(current).size())
      break;
    if (of->op == "Cast" && of->number("to", 1) != 1 && of->number("to", 1) != 11)
      break;
    at_probes[of->outputs[0]] = evaluate(model, *of, inputs);
    const std::set<std::string> distinct(of->inputs.begin(), of->inputs.end());
    for (const auto& name : distinct)
      if (const auto found = open.find(name); found != open.end() && --found->second == 0)
        open.erase(found);
    const bool ends = of->outputs[0] == end;
    open[of->outputs[0]] = ends ? 1 : users(of->outputs[0], without).size();
    if (open.size() == 1 && open.begin()->first == of->outputs[0]) { // everything from here goes through this tensor
      const auto& values = at_probes[of->outputs[0]].values;
      if (const auto found = recognise(values))
        last_activation = of, activation = *found;
      else if (const auto line = recognise_affine(values))
        last_affine = of, affine = *line;
    }
    if (ends)
      break;
  }
  const std::size_t n = where.size();
  if (last_activation) {
    const auto& of = *last_activation;
    if (activation.scale != 1 || activation.shift != 0)
      add_scale(of, into, std::vector(n, activation.scale), std::vector(n, activation.shift));
    step one{step::kind::activation, of.title()};
    one.layer.activation = activation.activation;
    if (activation.activation.name != "identity")
      into.push_back(std::move(one));
    if (activation.scale_after != 1 || activation.shift_after != 0)
      add_scale(of, into, std::vector(n, activation.scale_after), std::vector(n, activation.shift_after));
    move_on(of);
  } else if (last_affine) {
    add_scale(*last_affine, into, std::vector(n, affine.first), std::vector(n, affine.second));
    move_on(*last_affine);
  }
  return last_activation || last_affine;
}

void follower::take_softmax(const node& of, std::vector<step>& into) {
  // Each group that sums to one must be one whole sample. The function itself tells: raise one element, see
  // which move.
  tensor x = value(current);
  for (double& number : x.values)
    number = 0;
  const tensor before = evaluate(model, of, {&x});
  for (std::size_t sample = 0; sample < samples; ++sample) {
    std::size_t at = 0;
    while (at < where.size() && where[at] / features != sample)
      ++at;
    tensor raised = x;
    raised.values[at] = 1;
    const tensor after = evaluate(model, of, {&raised});
    for (std::size_t other = 0; other < where.size(); ++other)
      if ((before.values[other] != after.values[other]) != (where[other] / features == sample) && features > 1)
        fail(of, "the axis of all features of a sample",
             "axis " + std::to_string(static_cast<long>(of.number("axis", -1))) + " of " + text_of(x.shape));
  }
  step one{step::kind::activation, of.title()};
  one.layer.activation.name = of.op == "Softmax" ? "softmax" : "log_softmax";
  into.push_back(std::move(one));
  move_on(of);
}

bool follower::take_bounds(const node& of, std::vector<step>& into) {
  if (!of.domain.empty() || (of.op != "Max" && of.op != "Min") || of.inputs.size() != 2 || of.inputs[0] == of.inputs[1])
    return false;
  const std::string& other = of.inputs[of.inputs[0] == current ? 1 : 0];
  if (varies[other] || value(of.outputs[0]).size() != value(current).size())
    return false;
  // A bound of its own for each feature: max(x, c) = relu(x - c) + c, min(x, c) = c - relu(c - x).
  const tensor bounds = broadcast(of, other);
  const double sign = of.op == "Max" ? 1 : -1;
  std::vector<double> shift;
  for (const double bound : bounds.values) {
    if (std::abs(bound) > largest_shift)
      fail(of,
           "bounds up to " + io::detail::text_of(largest_shift) +
               ", as relu with a shift loses the digits of what is near zero",
           io::detail::text_of(bound));
    shift.push_back(-sign * bound);
  }
  const std::vector<double> scale(shift.size(), sign);
  add_scale(of, into, scale, shift);
  step one{step::kind::activation, of.title()};
  one.layer.activation.name = "relu";
  into.push_back(std::move(one));
  add_scale(of, into, scale, bounds.values);
  move_on(of);
  return true;
}

std::optional<std::vector<double>> follower::at_probes(const node& of) const {
  if (!is_elementwise(of))
    return {};
  const tensor x{{static_cast<std::int64_t>(probes().size())}, probes()};
  std::vector<tensor> constants(of.inputs.size());
  std::vector<const tensor*> inputs;
  for (std::size_t i = 0; i < of.inputs.size(); ++i) {
    const std::string& name = of.inputs[i];
    if (name != current && !name.empty()) {
      if (varies.at(name) || value(name).size() != 1)
        return {};
      constants[i] = scalar(value(name).values[0]);
    }
    inputs.push_back(name.empty() ? nullptr : name == current ? &x : &constants[i]);
  }
  return evaluate(model, of, inputs).values;
}

bool follower::take_complement(const nodes_t& next, std::vector<step>& into) {
  if (next.size() != 2 || into.size() < 2 || features != 1)
    return false;
  const node *sub = next[0], *concat = next[1];
  if (sub->op != "Sub" || concat->op != "Concat" || sub->inputs.size() != 2 || sub->inputs[1] != current)
    return false;
  if (varies[sub->inputs[0]] || value(sub->inputs[0]).values != std::vector<double>{1})
    return false;
  if (concat->inputs != std::vector<std::string>{sub->outputs[0], current} || users(sub->outputs[0], {}).size() != 1)
    return false;
  const auto& last = into.back();
  if (last.is != step::kind::activation || last.layer.activation.name != "sigmoid")
    return false;
  std::size_t i = into.size() - 1; // the linear map whose output this is, a bias as a step of its own between
  while (i > 0 && into[i - 1].is == step::kind::scale)
    --i;
  if (i == 0 || into[i - 1].is != step::kind::linear || into[i - 1].layer.kind != layer_kind::dense)
    return false;
  const tensor& both = value(concat->outputs[0]);
  if (both.size() != 2 * samples || value(current).rank() != 2 || both.shape[1] != 2)
    return false;
  for (; i + 1 < into.size(); ++i) { // scales first become part of the map
    into[i].scale.assign(2, into[i].scale[0]);
    into[i].shift = {-into[i].shift[0], into[i].shift[0]};
  }
  for (std::size_t s = into.size(); s-- > 0;)
    if (into[s].is == step::kind::linear) {
      auto& layer = into[s].layer;
      const auto w = layer.weights;
      for (std::size_t k = 0; k < w.size(); ++k)
        layer.weights[k] = -w[k];
      layer.weights.insert(layer.weights.end(), w.begin(), w.end());
      layer.biases = {-layer.biases[0], layer.biases[0]};
      layer.output = {2};
      break;
    }
  features = 2;
  std::vector<std::size_t> result;
  for (const std::size_t sample : where)
    result.insert(result.end(), {2 * sample, 2 * sample + 1});
  where = result;
  move_on(*concat);
  return true;
}

} // namespace inlay::onnx
