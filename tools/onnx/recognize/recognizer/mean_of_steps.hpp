#pragma once

#include "recognize/layers.hpp"
#include "recognize/recognizer_row.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx::recognizers {

/// The mean over all steps of a sequence, whatever operator takes it.
inline bool take_mean_of_steps(follower& here, const way& on) {
  const node& of = *on.next[0];
  const bool constant = std::none_of(of.inputs.begin() + 1, of.inputs.end(), [&](auto& name) { return here.varies(name); });
  if (here.time_steps < 2 || of.inputs[0] != here.current || !constant || here.value(of.outputs[0]).size() * here.time_steps != here.where.size())
    return false;
  auto distinct = here.where;
  std::sort(distinct.begin(), distinct.end());
  if (std::adjacent_find(distinct.begin(), distinct.end()) != distinct.end())
    return false;
  // The operator itself tells of which elements each mean is: of those of one feature, which mean themselves.
  tensor places = here.value(here.current), squares = places;
  std::vector<const tensor*> inputs{&places};
  for (std::size_t i = 1; i < of.inputs.size(); ++i)
    inputs.push_back(of.inputs[i].empty() ? nullptr : &here.value(of.inputs[i]));
  for (std::size_t at = 0; at < here.where.size(); ++at) {
    const std::size_t row = here.where[at] / here.features, f = here.where[at] % here.features;
    places.values[at] = static_cast<double>(row / here.time_steps * here.features + f);
    squares.values[at] = places.values[at] * places.values[at];
  }
  const tensor mean = evaluate(here.model, of, inputs);
  inputs[0] = &squares;
  const tensor mean_square = evaluate(here.model, of, inputs);
  for (std::size_t k = 0; k < mean.size(); ++k)
    if (std::abs(mean_square.values[k] - mean.values[k] * mean.values[k]) > 1e-9 * mean_square.values[k])
      return false;
  step one{step::kind::layer, of.title()};
  one.layer = make_end_of_sequence("mean_of_steps");
  on.into.push_back(std::move(one));
  here.where.clear();
  for (const double place : mean.values)
    here.where.push_back(static_cast<std::size_t>(std::llround(place)));
  here.samples /= here.time_steps, here.time_steps = 0;
  here.move_on(of);
  return true;
}

inline recognizer_rows mean_of_steps_rows() {
  return {{"ReduceMean", take_mean_of_steps}, {"GlobalAveragePool", take_mean_of_steps}, {"AveragePool", take_mean_of_steps}};
}

} // namespace inlay::onnx::recognizers
