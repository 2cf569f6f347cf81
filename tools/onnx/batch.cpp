#include "batch.hpp"

#include "cells.hpp"
#include "directions.hpp"
#include "loops.hpp"
#include "output.hpp"
#include "readings.hpp"
#include "recognize/fold.hpp"

#include "inlay/io/detail/attention.hpp"
#include "inlay/io/detail/recurrent_storage.hpp"
#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace inlay::onnx {

using io::detail::in_quotes;

std::int64_t open_batch(port& input) {
  constexpr std::int64_t largest_batch = 1024;
  if (input.shape.size() < 2 || *std::min_element(input.shape.begin(), input.shape.end()) < 1 ||
      input.shape[0] <= largest_batch)
    return 0;
  return std::exchange(input.shape[0], -1);
}

void set_shapes(graph& model, const std::map<std::string, std::vector<std::int64_t>>& shapes) {
  for (const auto& given : shapes) {
    const std::string& name = given.first;
    const auto& shape = given.second;
    const std::string part = "SHAPE of " + in_quotes(name);
    const auto input =
        std::find_if(model.inputs.begin(), model.inputs.end(), [&](const port& one) { return one.name == name; });
    if (input == model.inputs.end())
      throw io::error(model.file, part, "an input of this name", "none");
    if (!input->has_shape)
      input->shape.assign(shape.size() + 1, -1), input->has_shape = true;
    const std::size_t first = input->shape.size() == shape.size() + 1 ? 1 : 0;
    if (input->shape.size() != shape.size() + first)
      throw io::error(model.file, part, "a number for each extent of a sample, " + input->shape_text + " without the first",
                      text_of(shape));
    for (std::size_t d = 0; d < shape.size(); ++d) {
      std::int64_t& extent = input->shape[first + d];
      if (shape[d] < 1 || (extent > 0 && extent != shape[d]))
        throw io::error(model.file, part, "extents from 1 that the file leaves open, " + input->shape_text, text_of(shape));
      extent = shape[d];
    }
    input->shape_text = "[";
    for (std::size_t d = 0; d < input->shape.size(); ++d)
      input->shape_text += (d ? ", " : "") + (input->shape[d] < 0 ? std::string("batch") : std::to_string(input->shape[d]));
    input->shape_text += "]";
  }
}

void check_input(const graph& model, const port& input) {
  const std::string part = "input " + in_quotes(input.name);
  if (!input.floating)
    throw io::error(model.file, part, input.type.ends_with("FLOAT16") ? float_or_double : "a tensor of FLOAT or DOUBLE, or one that is only cast to one of them",
                    input.type);
  if (!input.has_shape)
    throw io::error(model.file, part, "a shape, as [batch, 64]",
                    "none in the file (export the model with one; onnx.checker does not ask for it)");
  if (input.double_precision != model.inputs[0].double_precision)
    throw io::error(model.file, part, "the type of " + in_quotes(model.inputs[0].name) + ", " + model.inputs[0].type,
                    input.type);
}

namespace {

/// The model with loops as operators, see roll_loops().
graph with_loops(graph model) {
  if (!may_have_loops(model))
    return model;
  for (const auto axis : {reading::axis::first, reading::axis::second})
    try {
      const auto shape = closed(model, 2, {axis, true})[0];
      tensor x{shape, {}};
      for (std::int64_t at = 0; at < shape[0] * shape[1] * shape[2]; ++at)
        x.values.push_back(static_cast<double>((at * 37 + at / 7) % 101) / 50 - 1);
      roll_loops(model, evaluate(model, {{model.inputs[0].name, std::move(x)}}));
      return model;
    } catch (const io::error&) { // the follower will tell
    }
  return model;
}

} // namespace

graph with_cells(graph original) {
  graph model = with_loops(std::move(original));
  if (!is_recurrent(model))
    return model;
  join_directions(model);
  for (const std::int64_t samples : {2, 1})
    try {
      std::map<std::string, tensor> x;
      const auto shapes = closed(model, samples);
      for (std::size_t k = 0; k < shapes.size(); ++k) {
        std::size_t size = 1;
        for (const std::int64_t extent : shapes[k])
          size *= static_cast<std::size_t>(extent);
        x[model.inputs[k].name] = {shapes[k], std::vector<double>(size, 0.5)};
      }
      expand_cells(model, evaluate(model, std::move(x)));
      return model;
    } catch (const io::error&) { // the follower will tell
    }
  return model;
}

std::vector<io::error> refusals(const graph& model, const std::vector<std::string>& outputs) {
  const auto of_sequence = readings_of_sequence(model);
  const bool recurrent = is_recurrent(model);
  std::vector<std::pair<reading, std::int64_t>> all{{{}, 2}, {{}, 1}};
  all.insert(recurrent ? all.begin() : all.end(), of_sequence.begin(), of_sequence.end());
  for (const std::int64_t samples : {2, 1})
    if (of_sequence.empty()) // its words are better
      all.push_back({{.over_positions = true}, samples});
  std::vector<io::error> least; // of the likeliest reading; where any may be meant, of the one that leaves the fewest
  bool of_nodes = false;
  for (const auto& [as, samples] : all) {
    std::vector<io::error> refused;
    bool followed = false;
    try {
      follower one(model, outputs, closed(model, samples, as), as);
      refused = one.refusals(), followed = true;
    } catch (const io::error& why) {
      refused.push_back(why);
    }
    if (refused.empty())
      return refused;
    if (least.empty() || (!recurrent && followed && (!of_nodes || refused.size() < least.size())))
      least = refused, of_nodes = followed;
  }
  return least;
}

namespace {

follower attempt(const graph& model, const std::vector<std::string>& outputs, std::int64_t samples, const reading& as) {
  follower one(model, outputs, closed(model, samples, as), as);
  one.run();
  return one;
}

/// Each step of a sequence a sample.
std::optional<follower> understand_sequence(const graph& model, const std::vector<std::string>& outputs) {
  std::optional<io::error> first;
  for (const auto& [as, samples] : readings_of_sequence(model))
    try {
      return attempt(model, outputs, samples, as);
    } catch (const io::error& why) {
      if (!first)
        first.emplace(why);
    }
  if (first && is_recurrent(model))
    throw io::error(*first);
  return {};
}

} // namespace

follower understand(const graph& model, const std::vector<std::string>& outputs, std::int64_t batch) {
  const auto every = [&](auto condition) { return std::all_of(model.inputs.begin(), model.inputs.end(), condition); };
  const auto open = [](const port& input) { return !input.shape.empty() && *std::min_element(input.shape.begin(), input.shape.end()) < 0; };
  if (is_recurrent(model))
    if (auto found = understand_sequence(model, outputs))
      return std::move(*found);
  try {
    return attempt(model, outputs, 2, {});
  } catch (const io::error& why) {
    if (std::any_of(model.inputs.begin(), model.inputs.end(), open))
      try { // a model made for a batch of one has that written in its reshapes, or in another input
        return attempt(model, outputs, 1, {});
      } catch (const io::error&) {
      }
    if (every([](const port& input) { return input.shape.size() == 2; }))
      try {
        return attempt(model, outputs, 2, {reading::axis::last});
      } catch (const io::error&) {
      }
    if (auto found = understand_sequence(model, outputs))
      return std::move(*found);
    for (const std::int64_t samples : {2, 1})
      try { // sets of rows, as entities that are seen or a history of observations
        return attempt(model, outputs, samples, {.over_positions = true});
      } catch (const io::error&) {
      }
    if (batch)
      throw io::error(why.file(), why.part(), why.expected(),
                      why.found() + "; the model has a batch of " + std::to_string(batch) +
                          " written in: export it with an open one, or of one sample");
    throw;
  }
}

namespace {

/// Whether the graph computes in double: not if all inputs are made float at once.
bool in_double(const graph& model) {
  return std::any_of(model.inputs.begin(), model.inputs.end(), [&](const port& input) {
    return input.double_precision && std::any_of(model.nodes.begin(), model.nodes.end(), [&](const node& of) {
             const bool uses = std::find(of.inputs.begin(), of.inputs.end(), input.name) != of.inputs.end();
             return uses && !(of.op == "Shape" || (of.op == "Cast" && of.number("to", 0) == 1));
           });
  });
}

/// In storage of the net's scalar.
void place_in_lines(std::vector<io::detail::layer_description>& layers, std::size_t line) {
  for (auto& layer : layers) {
    if (io::detail::is_recurrent(layer))
      io::detail::place_recurrent(layer, line);
    if (layer.is_a("self_attention"))
      io::detail::place_attention(layer, line);
    for (auto& branch : layer.branches)
      place_in_lines(branch, line);
  }
}

io::detail::net_description folded(const follower& followed, bool flat) {
  io::detail::net_description net{in_double(followed.model), followed.inputs[0].shape, {}};
  fold_input of{{}, followed.model.file};
  if (followed.over_time) {
    net.over_time = true;
    of.steps = net.input[0];
    net.layers = fold(followed.steps, {net.input.begin() + 1, net.input.end()}, of);
    place_in_lines(net.layers, alignment / (net.double_precision ? sizeof(double) : sizeof(float)));
    return net;
  }
  std::size_t numbers = 0;
  for (const auto& input : followed.inputs) {
    of.shapes.push_back(flat && !input.shaped ? std::vector{input.features} : input.shape);
    numbers += input.features;
  }
  net.input = of.shapes[0];
  if (of.shapes.size() > 1)
    net.inputs = of.shapes, net.input = {numbers};
  net.layers = fold(followed.steps, net.input, of);
  return net;
}

} // namespace

io::detail::net_description net_of(const follower& followed) {
  try {
    return folded(followed, false);
  } catch (const io::error&) {
    if (followed.over_time || std::none_of(followed.inputs.begin(), followed.inputs.end(),
                                           [](const auto& input) { return !input.shaped && input.shape.size() > 1; }))
      throw;
    try { // parts of it, or it beside others, whatever shape it had
      return folded(followed, true);
    } catch (const io::error&) {
    }
    throw;
  }
}

void check_independence(const graph& model, const std::vector<std::string>& outputs, const io::detail::net_description& net) {
  const port& input = model.inputs[0];
  if (input.shape.size() < 2 || input.shape[0] >= 0 || net.over_time)
    return;
  io::detail::net_description other;
  try {
    follower three(model, outputs, closed(model, 3), {});
    three.run();
    other = net_of(three);
  } catch (const io::error&) {
    return; // made for one number of samples: there is no other to depend on
  }
  if (other.layers != net.layers)
    throw io::error(model.file, "input " + in_quotes(input.name), "samples that are computed each by itself",
                    "results that depend on how many there are");
}

} // namespace inlay::onnx
