#include "recognize/fold.hpp"

#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/settle.hpp"

#include "inlay/io/detail/evaluate.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <algorithm>

namespace inlay::onnx {

namespace {

using io::detail::layer_description;
using io::detail::text_of;
using layers_t = std::vector<layer_description>;
using shape_of_sample = std::vector<std::size_t>;

/// Runs of features that follow one another: where each begins, and how many they are.
std::vector<std::pair<std::size_t, std::size_t>> runs_of(const std::vector<std::size_t>& from) {
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (const std::size_t k : from)
    if (!runs.empty() && runs.back().first + runs.back().second == k)
      ++runs.back().second;
    else
      runs.emplace_back(k, 1);
  return runs;
}

/// Every so-manieth number, as h and c of an LSTM that are stacked along their last axis: the rows of the transpose in which they
/// follow one another, and where they are in it; 0 rows if there is none.
std::pair<std::size_t, std::vector<std::size_t>> runs_behind_transpose(const std::vector<std::size_t>& from, std::size_t features) {
  std::size_t fewest = most_runs + 1;
  std::pair<std::size_t, std::vector<std::size_t>> best{0, {}};
  for (std::size_t rows = 2; rows <= features / 2; ++rows) {
    if (features % rows)
      continue;
    std::vector<std::size_t> behind;
    for (const std::size_t k : from)
      behind.push_back(place_in_transpose(k, features / rows, rows));
    if (const std::size_t runs = runs_of(behind).size(); runs < fewest)
      fewest = runs, best = {rows, std::move(behind)};
  }
  return best;
}

/// A narrow, or several side by side; nothing for all of it. Of parts of channels the numbers are laid flat.
void add_selection(step one, shape_of_sample shape, const std::string& file, layers_t& into) {
  auto runs = runs_of(one.from);
  if (runs.size() > most_runs) {
    const std::size_t all = io::detail::size_of(shape);
    auto [rows, from] = runs_behind_transpose(one.from, all);
    if (rows == 0)
      throw io::error(file, one.node,
                      "a selection of at most " + std::to_string(most_runs) + " runs of features that follow one another",
                      std::to_string(runs.size()) + " of them");
    const shape_of_sample lying{all / rows, rows};
    if (shape != lying) {
      into.push_back(make_reshape(lying));
      into.back().input = shape;
    }
    into.push_back(make_transpose(lying[0], lying[1]));
    shape = {lying[1], lying[0]};
    one.from = std::move(from), runs = runs_of(one.from);
  }
  const std::size_t features = io::detail::size_of(shape);
  if (runs.size() == 1 && runs[0].second == features)
    return;
  const auto in_part = [&](const auto& run) { return run.first % (features / shape[0]) || run.second % (features / shape[0]); };
  if (std::any_of(runs.begin(), runs.end(), in_part)) {
    into.push_back(make_flatten(shape));
    shape = {features};
  }
  const std::size_t each = features / shape[0];
  layer_description all = make_join("concat");
  for (const auto& [start, length] : runs)
    all.branches.push_back({make_narrow(shape, start / each, length / each)});
  if (runs.size() == 1)
    return into.push_back(std::move(all.branches[0][0]));
  all.input = all.output = shape;
  all.output[0] = one.from.size() / each;
  into.push_back(std::move(all));
}

void add_norm(const step& one, const shape_of_sample& shape, const std::string& file, layers_t& into) {
  if (one.groups > 1 && (shape[0] % one.groups || !one.centred))
    throw io::error(file, one.node, "a norm of all numbers of " + text_of(shape) + ", or of even parts of its channels",
                    std::to_string(one.groups) + (one.centred ? " parts" : " parts whose mean is not taken away"));
  layers_t rest;
  into.push_back(make_norm(shape, one, rest));
  if (into.back().arguments.back().text.empty())
    throw io::error(file, one.node, "an epsilon that is a ratio of whole numbers", text_of(one.epsilon));
  into.insert(into.end(), rest.begin(), rest.end());
}

shape_of_sample end_of(const layers_t& branch, const shape_of_sample& input) {
  return branch.empty() ? input : branch.back().row_of_output();
}

/// With the steps of a sequence before it.
shape_of_sample with_steps(shape_of_sample shape, std::size_t steps) {
  shape.insert(shape.begin(), steps);
  return shape;
}

/// A layer that takes a sequence as such: it and those within are told how long that is.
void fit_sequence(layer_description& layer, const shape_of_sample& shape, const step& one, const fold_input& of) {
  const shape_of_sample wanted = layer.input;
  const bool flat = wanted.size() == 1 && wanted[0] == io::detail::size_of(shape) && !layer.is_a("conv1d"); // it reads any shape
  if (of.steps == 0 || (!wanted.empty() && wanted != shape && !flat))
    throw io::error(of.file, one.node, of.steps == 0 ? "a sequence" : "steps of shape " + text_of(wanted),
                    of.steps == 0 ? "a sample that is none" : text_of(shape));
  layer.input = with_steps(shape, of.steps);
  if (layer.is_a("flatten"))
    layer.output = {io::detail::size_of(layer.input)};
  else if (layer.ends_sequence())
    layer.output = shape;
  else
    layer.output = with_steps(layer.output, of.steps);
  for (auto& branch : layer.branches)
    for (auto& inner : branch)
      fit_sequence(inner, shape, one, of);
}

/// What the branches give together. Throws io::error where their shapes do not fit.
shape_of_sample joined_shape(const layer_description& join, const shape_of_sample& input, const step& one,
                             const std::string& file) {
  if (join.is_a("heads")) {
    std::size_t size = 0;
    for (const auto& branch : join.branches)
      size += io::detail::size_of(end_of(branch, input));
    return {size};
  }
  const bool side_by_side = join.arguments[0].name == "concat";
  shape_of_sample shape = end_of(join.branches[0], input);
  for (std::size_t b = 1; b < join.branches.size(); ++b) {
    shape_of_sample other = end_of(join.branches[b], input);
    const std::size_t channels = other[0];
    if (side_by_side)
      other[0] = shape[0];
    if (other != shape)
      throw io::error(file, one.node,
                      side_by_side ? "branches that differ in their channels alone, or in the features of flat ones"
                                   : "branches of one shape",
                      text_of(end_of(join.branches[0], input)) + " of the first and " +
                          text_of(end_of(join.branches[b], input)) + " of number " + std::to_string(b + 1));
    if (side_by_side)
      shape[0] += channels;
  }
  return shape;
}

/// Of branches whose shapes differ in more than their channels the numbers are laid flat, and of those that are to be added to
/// flat ones.
void lay_flat(layer_description& join, const shape_of_sample& input) {
  if (join.is_a("heads"))
    return;
  const bool side_by_side = join.arguments[0].name == "concat";
  const auto differs = [&](const layers_t& branch) {
    shape_of_sample first = end_of(join.branches[0], input), other = end_of(branch, input);
    if (side_by_side)
      first[0] = other[0] = 1;
    return first != other;
  };
  if (std::none_of(join.branches.begin(), join.branches.end(), differs))
    return;
  for (auto& branch : join.branches)
    if (const shape_of_sample shape = end_of(branch, input); shape.size() > 1)
      branch.push_back(make_flatten(shape));
}

layer_description joined(step one, const shape_of_sample& shape, const fold_input& of) {
  layer_description join = std::move(one.layer);
  for (auto& branch : one.branches)
    join.branches.push_back(fold(std::move(branch), shape, of));
  lay_flat(join, shape);
  join.over_time = of.steps > 0;
  for (const auto& branch : join.branches)
    for (const auto& layer : branch)
      join.wants_all_steps = join.wants_all_steps || layer.wants_all_steps;
  join.input = join.over_time ? with_steps(shape, of.steps) : shape;
  join.output = joined_shape(join, shape, one, of.file);
  if (join.over_time && !join.ends_sequence())
    join.output = with_steps(join.output, of.steps);
  if (!join.is_a("parallel") || join.arguments[0].name != "add" || join.branches.size() != 2)
    return join;
  const bool first = join.branches[0].empty();
  if (!first && !join.branches[1].empty())
    return join;
  auto residual = make_residual(std::move(join.branches[first ? 1 : 0]));
  residual.input = join.input, residual.output = join.output, residual.over_time = join.over_time;
  residual.wants_all_steps = join.wants_all_steps;
  return residual;
}

} // namespace

std::vector<layer_description> fold(std::vector<step> steps, std::vector<std::size_t> shape, const fold_input& given) {
  fold_input of = given;
  settle_selections(steps);
  settle_scales(steps);
  layers_t layers;
  bool linear = false; // the last of them
  for (step& one : steps) {
    if (one.is == step::kind::selection) {
      add_selection(one, shape, of.file, layers);
      shape = end_of(layers, shape);
      linear = false;
      continue;
    }
    layer_description layer = std::move(one.layer);
    if (one.is == step::kind::activation) {
      const bool joined = !layers.empty() && layers.back().activation.name == "identity" && linear &&
                          (layers.back().is_a("dense") || !io::detail::of_row(layer.activation));
      if (joined) {
        layers.back().set_activation(layer.activation);
        continue;
      }
      layer = make_activation(layer.activation);
      layer.output = shape;
    } else if (one.is == step::kind::join) {
      one.layer = std::move(layer);
      layer = joined(std::move(one), shape, of);
    } else if (one.is == step::kind::scale) {
      const bool by_channel =
          *layer.is.name && layer.parameters[0].values.size() == shape[0] && !layer.arguments[0].text.empty();
      if (by_channel)
        layer.input = layer.output = shape;
      else
        layer = make_rescale(shape, std::move(one.scale), std::move(one.shift));
    } else if (one.is == step::kind::norm) {
      add_norm(one, shape, of.file, layers);
      linear = false;
      continue;
    } else if (one.is == step::kind::input) {
      const std::size_t k = layer.number("k");
      for (std::size_t before = 0; before + 1 < k; ++before)
        layer.begin += io::detail::size_of(of.shapes[before]);
      layer.input = shape, layer.output = of.shapes[k - 1];
    }
    if (layer.is_a("reshape") && layer.output == shape)
      continue;
    if (layer.is_a("prelu")) {
      if (layer.number("N") != shape[0])
        throw io::error(of.file, one.node, "a slope for each of the " + std::to_string(shape[0]) + " channels",
                        std::to_string(layer.number("N")));
      fit_prelu(layer, shape);
    }
    if (layer.over_time) {
      if (one.is != step::kind::join) // which is fitted
        fit_sequence(layer, shape, one, of);
      if (layer.ends_sequence())
        of.steps = 0;
      shape = layer.row_of_output();
      linear = one.is == step::kind::linear;
      layers.push_back(std::move(layer));
      continue;
    }
    const bool of_shapes = !layer.input.empty() && !layer.is_a("dense");
    if (of_shapes && layer.input != shape && io::detail::size_of(layer.input) == io::detail::size_of(shape) && (shape.size() == 1 || layer.is_a("global_max_pool") || layer.is_a("global_avg_pool"))) {
      layers.push_back(make_reshape(layer.input));
      layers.back().input = shape, shape = layer.input;
    }
    if (of_shapes && layer.input != shape)
      throw io::error(of.file, one.node, "shape " + text_of(layer.input) + " of the layer before " + layer.is.name,
                      text_of(shape));
    layer.input = shape;
    if (layer.is_a("dense"))
      layer.layout->channels = shape[0];
    shape = layer.output;
    linear = one.is == step::kind::linear;
    layers.push_back(std::move(layer));
  }
  return layers;
}

} // namespace inlay::onnx
