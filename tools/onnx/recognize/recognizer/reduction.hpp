#pragma once

#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/recognizer/mean.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/scale.hpp"

#include <numeric>

namespace inlay::onnx::recognizers {

/// Into which element of the result each element of the current tensor goes.
inline std::vector<std::size_t> groups_of_reduction(const follower& here, const node& of) {
  std::vector<const tensor*> inputs;
  for (const auto& name : of.inputs)
    inputs.push_back(name.empty() ? nullptr : &here.value(name));
  node kept = of;
  kept.attributes["keepdims"].number = 1;
  tensor numbers = evaluate(here.model, kept, inputs);
  std::iota(numbers.values.begin(), numbers.values.end(), 0.0);
  const tensor& x = here.value(here.current);
  const tensor zero{x.shape, std::vector<double>(x.size(), 0)};
  const node sum{.name = of.name, .op = "Add", .domain = "", .inputs = {}, .outputs = {}, .attributes = {}};
  const auto spread = evaluate(here.model, sum, {&zero, &numbers}).values;
  return {spread.begin(), spread.end()};
}

/// Along any axes but that of samples: a linear map of few features; else what goes into one number is put side by side, and is a
/// channel of a global pool.
inline bool take_any_reduction(follower& here, const way& on) {
  const node& of = *on.next[0];
  const std::size_t results = here.value(of.outputs[0]).size();
  if (of.inputs[0] != here.current || (of.inputs.size() > 1 && here.varies(of.inputs[1])) || results % here.samples)
    return false;
  const bool largest = of.op == "ReduceMax";
  if (!largest && add_linear_formula(here, {here, {&of}}, on.into))
    return true;
  std::vector<std::vector<std::size_t>> members(results);
  const auto groups = groups_of_reduction(here, of);
  for (std::size_t at = 0; at < groups.size(); ++at)
    members[groups[at]].push_back(here.where[at]);
  const std::size_t channels = results / here.samples, positions = members[0].size();
  std::vector<std::size_t> moved(here.where.size()), next(here.samples, 0), result(results);
  for (std::size_t k = 0; k < results; ++k) {
    const std::size_t sample = members[k][0] / here.features, c = next[sample]++;
    for (std::size_t p = 0; p < positions; ++p)
      if (members[k].size() != positions || members[k][p] / here.features != sample || c == channels)
        return false; // of several samples
      else
        moved[(sample * channels + c) * positions + p] = members[k][p];
    result[k] = sample * channels + c;
  }
  if (here.time_steps > 0)
    return false;
  here.where = std::move(moved);
  if (!put_in_order(here, of.title(), on.into))
    return false;
  begin_with(here, {channels, positions}, on.into);
  step shaped{step::kind::layer, of.title()}, one{step::kind::layer, of.title()};
  shaped.layer = make_reshape({channels, positions}), one.layer = make_global_pool(largest, {channels, positions});
  on.into.push_back(std::move(shaped)), on.into.push_back(std::move(one));
  here.where = std::move(result), here.features = channels, here.image = false;
  if (of.op == "ReduceSum")
    add_scale(here, of, on.into, std::vector(results, static_cast<double>(positions)), std::vector(results, 0.0));
  here.move_on(of);
  return true;
}

/// By several matrices, as those of an ensemble: one map of all features.
inline bool take_matrices(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (!add_linear_formula(here, {here, {&of}}, on.into))
    here.fail(of, "a constant matrix or vector, or several for at most 2048 features", text_of(here.value(of.inputs[of.inputs[0] == here.current ? 1 : 0]).shape));
  return true;
}

inline recognizer_rows reduction_rows() {
  return {{"MatMul", take_matrices}, {"ReduceMean", take_any_reduction}, {"ReduceSum", take_any_reduction}, {"ReduceMax", take_any_reduction}};
}

} // namespace inlay::onnx::recognizers
