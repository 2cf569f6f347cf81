#pragma once

#include "recognize/formula.hpp"
#include "recognize/layers.hpp"
#include "recognize/order.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx::recognizers {

/// The formula as a dense layer, by its values: W by what each feature adds.
inline bool add_linear_formula(follower& here, const formula& f, std::vector<step>& into) {
  constexpr std::size_t most = 2048;
  const tensor& like = here.value(here.current);
  const std::size_t features = like.size() / here.samples, outputs = here.value(f.end().outputs[0]).size() / here.samples;
  if (features > most || outputs == 0 || here.value(f.end().outputs[0]).size() % here.samples ||
      !put_in_order(here, f.end().title(), into))
    return false;
  for (std::size_t at = 0; at < here.where.size(); ++at)
    if (here.where[at] != at)
      return false;
  tensor x = like;
  std::fill(x.values.begin(), x.values.end(), 0.0);
  const auto bias = f(x).values;
  std::vector<double> weights(outputs * features);
  for (std::size_t k = 0; k < features; ++k) {
    for (std::size_t s = 0; s < here.samples; ++s)
      x.values[s * features + k] = 1;
    const auto y = f(x).values;
    for (std::size_t o = 0; o < outputs; ++o)
      weights[o * features + k] = y[o] - bias[o];
    for (std::size_t s = 0; s < here.samples; ++s)
      x.values[s * features + k] = 0;
  }
  const auto y = f(like).values;
  for (std::size_t at = 0; at < y.size(); ++at) { // each sample by itself
    const std::size_t s = at / outputs, o = at % outputs;
    double sum = bias[at], size = std::abs(bias[at]);
    for (std::size_t k = 0; k < features; ++k) {
      const double term = weights[o * features + k] * like.values[s * features + k];
      sum += term, size += std::abs(term);
    }
    if (bias[at] != bias[o] || !(std::abs(sum - y[at]) <= 1e-9 * size + 1e-30))
      return false;
  }
  step one{step::kind::linear, f.end().title()};
  one.layer = make_dense(features, std::move(weights), {bias.begin(), bias.begin() + static_cast<std::ptrdiff_t>(outputs)});
  one.fixed = true;
  into.push_back(std::move(one));
  here.features = outputs, here.image = false;
  here.where.resize(y.size());
  for (std::size_t at = 0; at < y.size(); ++at)
    here.where[at] = at;
  here.move_on(f.end());
  return true;
}

/// A linear formula with means or sums of features in it, as x - mean(x) of dueling heads.
inline bool take_mean_formula(follower& here, const way& on) {
  if (on.next.size() < 2)
    return false;
  static const std::set<std::string> known{"ReduceMean", "ReduceSum", "Sub", "Add", "Neg", "Identity", "Gemm",
                                           "MatMul", "Mul", "Div", "Expand", "Unsqueeze", "Squeeze", "Reshape"};
  const auto linear = [&](const node& of) {
    const bool product = of.op == "Mul" || of.op == "MatMul" || of.op == "Gemm" || of.op == "Div";
    const auto varying = std::count_if(of.inputs.begin(), of.inputs.end(), [&](auto& name) { return here.varies(name); });
    return known.contains(of.operation()) && (!product || (varying == 1 && (of.op != "Div" || here.varies(of.inputs[0]))));
  };
  const auto all = formulas(here, on, linear);
  for (std::size_t k = all.size(); k-- > 0;)
    if (all[k].has({"ReduceMean", "ReduceSum"}))
      return add_linear_formula(here, all[k], on.into);
  return false;
}

/// Of the features of a sample.
inline bool take_mean(follower& here, const way& on) {
  return here.value(here.current).rank() == 2 && add_linear_formula(here, {here, {on.next[0]}}, on.into);
}

inline recognizer_rows mean_rows() {
  return {{several_nodes, take_mean_formula}, {"ReduceMean", take_mean}, {"ReduceSum", take_mean}};
}

} // namespace inlay::onnx::recognizers
