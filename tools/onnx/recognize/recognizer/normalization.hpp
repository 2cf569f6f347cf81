#pragma once

#include "recognize/formula.hpp"
#include "recognize/order.hpp"
#include "recognize/scale.hpp"

#include <cmath>
#include <functional>

namespace inlay::onnx::recognizers {

/// y = scale x^ + shift, x^ = (x - mean) / sqrt(variance + epsilon) of each run of `count` numbers; or without the mean.
struct normalizing {
  std::size_t count = 0;
  double epsilon = 0;
  bool centred = true;
  std::vector<double> scale, shift; ///< for each element of the tensor

  std::vector<double> normal(const std::vector<double>& x, double with_epsilon) const {
    std::vector<double> y(x);
    for (std::size_t first = 0; first < y.size(); first += count) {
      double mean = 0, square = 0;
      for (std::size_t i = first; centred && i < first + count; ++i)
        mean += x[i] / static_cast<double>(count);
      for (std::size_t i = first; i < first + count; ++i)
        square += (x[i] - mean) * (x[i] - mean) / static_cast<double>(count);
      for (std::size_t i = first; i < first + count; ++i)
        y[i] = (x[i] - mean) / std::sqrt(square + with_epsilon);
    }
    return y;
  }
};

/// A made up tensor of this size, every run of it alike in no way.
inline tensor made_up(const tensor& like, double size) {
  tensor x = like;
  for (std::size_t i = 0; i < x.size(); ++i)
    x.values[i] = size * (static_cast<double>((i * 37 + i / 7 + 11) % 101) / 50 - 0.9);
  return x;
}

/// The function as a norm, by its values.
inline std::optional<normalizing> recognize_norm(const std::function<tensor(const tensor&)>& f, const tensor& like) {
  const tensor x = made_up(like, 1e6);
  const tensor large = f(x);
  if (large.shape != like.shape || like.size() < 2)
    return {};
  normalizing of;
  tensor moved = x; // whatever moves with the first element is of its run
  moved.values[0] += 5e5;
  const tensor after = f(moved);
  while (of.count < x.size() && after.values[of.count] != large.values[of.count])
    ++of.count;
  if (of.count < 2 || x.size() % of.count)
    return {};
  moved = x;
  for (double& value : moved.values)
    value += 1e6;
  const tensor shifted = f(moved);
  of.centred = std::abs(shifted.values[0] - large.values[0]) < 1e-6 * std::abs(large.values[0]) + 1e-9;
  tensor zero = like;
  std::fill(zero.values.begin(), zero.values.end(), 0.0);
  of.shift = f(zero).values;
  const auto normal = of.normal(x.values, 0);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double scale = (large.values[i] - of.shift[i]) / normal[i], rounded = static_cast<double>(static_cast<float>(scale));
    of.scale.push_back(std::abs(scale - rounded) <= 1e-12 * std::abs(scale) ? rounded : scale); // the exporter had floats
  }
  for (double size = 1; size > 1e-12 && of.epsilon == 0; size /= 4) { // where epsilon is as large as the variance
    const tensor small = made_up(like, size), y = f(small);
    const auto without = of.normal(small.values, 0);
    const double share = (y.values[0] - of.shift[0]) / (of.scale[0] * without[0]);
    if (!(share > 0.1 && share < 0.9))
      continue;
    tensor one = small;
    double mean = 0, square = 0;
    for (std::size_t i = 0; of.centred && i < of.count; ++i)
      mean += one.values[i] / static_cast<double>(of.count);
    for (std::size_t i = 0; i < of.count; ++i)
      square += (one.values[i] - mean) * (one.values[i] - mean) / static_cast<double>(of.count);
    of.epsilon = square * (1 / (share * share) - 1);
  }
  if (!(of.epsilon > 0))
    return {};
  for (const double size : {1e6, 3.0, 0.1, 1e-3, 1e-6}) {
    const tensor at = made_up(like, size), y = f(at);
    const auto wanted = of.normal(at.values, of.epsilon);
    for (std::size_t i = 0; i < y.size(); ++i)
      if (!(std::abs(of.scale[i] * wanted[i] + of.shift[i] - y.values[i]) <=
            1e-7 * (std::abs(of.scale[i]) + std::abs(of.shift[i]) + std::abs(y.values[i]))))
        return {};
  }
  return of;
}

inline bool add_norm(follower& here, const node& end, std::vector<step>& into, const normalizing& found) {
  if (!put_in_order(here, end.title(), into) || here.features % found.count)
    return false;
  for (std::size_t at = 0; at < here.where.size(); ++at)
    if (here.where[at] != at)
      here.fail(end, "samples along the first axis", text_of(here.value(here.current).shape));
  step one{step::kind::norm, end.title()};
  one.groups = here.features / found.count, one.epsilon = found.epsilon, one.centred = found.centred;
  one.features = here.features;
  one.scale.assign(here.features, 1), one.shift.assign(here.features, 0);
  into.push_back(std::move(one));
  add_scale(here, end, into, found.scale, found.shift);
  here.move_on(end);
  return true;
}

/// In whatever operators it is written.
inline bool take_norm_formula(follower& here, const way& on) {
  static const std::set<std::string> known{"ReduceMean", "ReduceSum", "ReduceSumSquare", "ReduceL2", "Sub", "Add", "Mul", "Div", "Pow",
                                           "Sqrt", "Reciprocal", "Neg", "Identity", "Cast", "Max", "Clip",
                                           "Reshape", "InstanceNormalization"};
  const auto all = formulas(here, on, [](const node& of) { return known.contains(of.operation()); });
  for (std::size_t k = all.size(); k-- > 0;) {
    const bool in_operators = all[k].has({"ReduceMean", "ReduceSum", "ReduceSumSquare", "ReduceL2"}) && all[k].has({"Sqrt", "Pow", "ReduceL2"});
    if (!in_operators && !all[k].has({"InstanceNormalization"})) // of groups, between two Reshapes, as PyTorch writes it
      continue;
    if (const auto found = recognize_norm(all[k], here.value(here.current)))
      return add_norm(here, all[k].end(), on.into, *found);
  }
  return false;
}

/// As one operator.
inline bool take_norm(follower& here, const way& on) {
  const node& of = *on.next[0];
  std::vector<const tensor*> inputs;
  for (const auto& name : of.inputs)
    inputs.push_back(name.empty() || name == here.current ? nullptr : &here.parameters(of, name));
  if (of.inputs[0] != here.current ||
      std::count(inputs.begin() + 1, inputs.end(), nullptr) > std::count(of.inputs.begin() + 1, of.inputs.end(), ""))
    here.fail(of, "a constant scale and bias", "some that depend on the input");
  const auto f = [&](const tensor& x) {
    inputs[0] = &x;
    return evaluate(here.model, of, inputs);
  };
  const auto found = recognize_norm(f, here.value(here.current));
  if (!found || !add_norm(here, of, on.into, *found))
    here.fail(of, "a norm of all numbers of a sample, or of even parts of its channels, with an epsilon above 0",
              "another of " + text_of(here.value(here.current).shape));
  return true;
}

inline recognizer_rows normalization_rows() {
  return {{several_nodes, take_norm_formula},
          {"LayerNormalization", take_norm},
          {"RMSNormalization", take_norm},
          {"GroupNormalization", take_norm},
          {"InstanceNormalization", take_norm}};
}

} // namespace inlay::onnx::recognizers
