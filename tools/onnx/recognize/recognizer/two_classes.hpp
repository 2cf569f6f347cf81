#pragma once

#include "recognize/layers.hpp"
#include "recognize/recognizer_row.hpp"

namespace inlay::onnx::recognizers {

/// 1 - p beside p = sigmoid(z), as classifiers of two classes end: the sigmoid of -z and z.
inline bool take_two_classes(follower& here, const way& on) {
  if (on.next.size() != 2 || on.into.size() < 2 || here.features != 1)
    return false;
  const node *sub = on.next[0], *concat = on.next[1];
  if (sub->op != "Sub" || concat->op != "Concat" || sub->inputs.size() != 2 || sub->inputs[1] != here.current)
    return false;
  if (here.varies(sub->inputs[0]) || here.value(sub->inputs[0]).values != std::vector<double>{1})
    return false;
  if (concat->inputs != std::vector<std::string>{sub->outputs[0], here.current} ||
      here.users(sub->outputs[0]).size() != 1)
    return false;
  const auto& last = on.into.back();
  if (last.is != step::kind::activation || last.layer.activation.name != "sigmoid")
    return false;
  std::size_t i = on.into.size() - 1; // the linear map whose output this is, a bias as a step of its own between
  while (i > 0 && on.into[i - 1].is == step::kind::scale)
    --i;
  if (i == 0 || on.into[i - 1].is != step::kind::linear || !on.into[i - 1].layer.is_a("dense"))
    return false;
  const tensor& both = here.value(concat->outputs[0]);
  if (both.size() != 2 * here.samples || here.value(here.current).rank() != 2 || both.shape[1] != 2)
    return false;
  for (; i + 1 < on.into.size(); ++i) { // scales first become part of the map
    on.into[i].scale.assign(2, on.into[i].scale[0]);
    on.into[i].shift = {-on.into[i].shift[0], on.into[i].shift[0]};
  }
  for (std::size_t s = on.into.size(); s-- > 0;)
    if (on.into[s].is == step::kind::linear) {
      auto& layer = on.into[s].layer;
      const auto& w = layer.weights();
      std::vector<double> both_rows;
      for (const double one : w)
        both_rows.push_back(-one);
      both_rows.insert(both_rows.end(), w.begin(), w.end());
      const double bias = layer.biases()[0];
      layer = make_dense(layer.input[0], std::move(both_rows), {-bias, bias});
      break;
    }
  here.features = 2;
  std::vector<std::size_t> result;
  for (const std::size_t sample : here.where)
    result.insert(result.end(), {2 * sample, 2 * sample + 1});
  here.where = result;
  here.move_on(*concat);
  return true;
}

inline recognizer_rows two_classes_rows() { return {{several_nodes, take_two_classes}}; }

} // namespace inlay::onnx::recognizers
