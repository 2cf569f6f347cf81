#include "import.hpp"

#include "recognize/fold.hpp"
#include "recognize/follower.hpp"
#include "verification.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace inlay::onnx {

using io::detail::in_quotes;

namespace {

/// The model without what its output does not need: a classifier's labels, say.
graph pruned(graph model, const std::string& output) {
  std::set<std::string> wanted{output};
  std::vector<node> nodes;
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    node& of = model.nodes[i];
    if (std::none_of(of.outputs.begin(), of.outputs.end(),
                     [&](auto& name) { return !name.empty() && wanted.contains(name); }))
      continue;
    check_operator(model, of);
    if (!wanted.contains(of.outputs[0]) || of.outputs[0].empty())
      throw io::error(model.file, of.title(), "its first output to be used", "another one used");
    wanted.insert(of.inputs.begin(), of.inputs.end());
    nodes.insert(nodes.begin(), std::move(of));
  }
  for (const auto& [name, why] : model.refused)
    if (wanted.contains(name))
      throw io::error(why);
  model.nodes = std::move(nodes);
  std::erase_if(model.constants, [&](auto& constant) { return !wanted.contains(constant.first); });
  std::erase_if(model.inputs, [&](auto& input) { return !wanted.contains(input.name); });
  return model;
}

[[noreturn]] void refuse_without_input(const graph& model, const std::string& output) {
  bool computed = model.constants.contains(output) || model.refused.contains(output);
  for (const node& of : model.nodes)
    computed |= std::count(of.outputs.begin(), of.outputs.end(), output) > 0;
  throw io::error(model.file, "output " + in_quotes(output),
                  computed ? "a result that depends on the input" : "a node that computes it",
                  computed ? "one that is made of parameters alone" : "none");
}

constexpr const char* float_or_double =
    "a tensor of FLOAT or DOUBLE (export the model in single precision: model.float() in PyTorch)";

port choose_output(const graph& model, const std::string& name) {
  std::string names;
  std::vector<port> choice;
  auto varies = varying(model);
  for (const auto& output : model.outputs) {
    names += (names.empty() ? "" : ", ") + in_quotes(output.name) + (output.floating ? "" : " of " + output.type);
    if (name.empty() ? output.floating && varies[output.name] : output.name == name)
      choice.push_back(output);
  }
  if (choice.size() == 1 && !choice[0].floating && choice[0].type.ends_with("FLOAT16"))
    throw io::error(model.file, "output " + in_quotes(choice[0].name), float_or_double, choice[0].type);
  if (choice.size() == 1)
    return choice[0];
  if (name.empty() && model.outputs.size() == 1 && !varies[model.outputs[0].name])
    refuse_without_input(model, model.outputs[0].name);
  if (name.empty() && model.outputs.size() == 1)
    throw io::error(model.file, "output " + in_quotes(model.outputs[0].name), float_or_double, model.outputs[0].type);
  if (!name.empty()) { // any tensor within will do
    for (const node& of : model.nodes)
      if (!of.outputs.empty() && of.outputs[0] == name)
        return {.name = name, .shape = {}, .shape_text = "", .floating = true};
    throw io::error(model.file, "output " + in_quotes(name), "a tensor of this name",
                    names.empty() ? "no outputs" : "outputs " + names);
  }
  for (const node& of : model.nodes) // scikit-learn's probabilities, as a dictionary for each sample
    if (of.op == "ZipMap" && !of.inputs.empty())
      names += "; " + of.title() + " makes its output of " + in_quotes(of.inputs[0]) + ", which may be named";
  throw io::error(model.file, "outputs",
                  "one of FLOAT or DOUBLE that depends on the input, or OUTPUT with the name of the one that is meant",
                  names.empty() ? "none" : names);
}

/// The input's shape with `samples` of them along the axis that is left open.
std::vector<std::int64_t> closed(const graph& model, const port& input, std::int64_t samples, bool batch_last) {
  auto shape = input.shape;
  std::size_t elements = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (shape[d] < 0 && shape.size() > 1 && d == (batch_last ? shape.size() - 1 : 0))
      shape[d] = samples;
    if (shape[d] < 1)
      throw io::error(model.file, "input " + in_quotes(input.name), "a fixed shape of a sample",
                      "shape " + input.shape_text);
    if (__builtin_mul_overflow(elements, static_cast<std::size_t>(shape[d]), &elements) ||
        elements > model.element_limit)
      throw io::error(model.file, "input " + in_quotes(input.name),
                      "at most " + std::to_string(model.element_limit) + " elements", "shape " + input.shape_text);
  }
  return shape;
}

/// The follower that understood the model: with samples along the first axis, or else along the last.
/// `batch`: how many the model has written in, to be named where it is to blame; or 0.
follower understand(const graph& model, const port& input, const std::string& output, std::int64_t batch) {
  const auto attempt = [&](std::int64_t samples, bool batch_last) {
    follower one(model, output, closed(model, input, samples, batch_last), batch_last);
    one.run();
    return one;
  };
  try {
    return attempt(2, false);
  } catch (const io::error& why) {
    if (!input.shape.empty() && input.shape[0] < 0)
      try { // a model made for a batch of one has that written in its reshapes
        return attempt(1, false);
      } catch (const io::error&) {
      }
    if (input.shape.size() == 2)
      try {
        return attempt(2, true);
      } catch (const io::error&) {
      }
    if (batch)
      throw io::error(why.file(), why.part(), why.expected(),
                      why.found() + "; the model has a batch of " + std::to_string(batch) +
                          " written in: export it with an open one, or of one sample");
    throw;
  }
}

/// A graph may compute with the number of samples, which a net does not know: three must give the layers that two gave.
void check_independence(const graph& model, const port& input, const std::string& output,
                        const std::vector<io::detail::layer_description>& layers) {
  if (input.shape.size() < 2 || input.shape[0] >= 0)
    return;
  std::vector<io::detail::layer_description> others;
  try {
    follower three(model, output, closed(model, input, 3, false), false);
    three.run();
    others = fold(three.steps, three.input_shape, model.file);
  } catch (const io::error&) {
    return; // made for one number of samples: there is no other to depend on
  }
  if (others != layers)
    throw io::error(model.file, "input " + in_quotes(input.name), "samples that are computed each by itself",
                    "results that depend on how many there are");
}

/// A batch of thousands that is written in, as hls4ml's files have it, is as good as an open one. What it was, or 0.
std::int64_t open_batch(port& input) {
  constexpr std::int64_t largest_batch = 1024;
  if (input.shape.size() < 2 || *std::min_element(input.shape.begin(), input.shape.end()) < 1 ||
      input.shape[0] <= largest_batch)
    return 0;
  return std::exchange(input.shape[0], -1);
}

} // namespace

imported_model import_model(const graph& whole, const import_options& options) {
  imported_model into;
  into.output = choose_output(whole, options.output);
  graph model = pruned(whole, into.output.name);
  if (model.inputs.empty())
    refuse_without_input(whole, into.output.name);
  if (model.inputs.size() != 1) {
    std::string names;
    for (const auto& input : model.inputs)
      names += (names.empty() ? "" : ", ") + in_quotes(input.name);
    throw io::error(model.file, "inputs", "one",
                    std::to_string(model.inputs.size()) + (names.empty() ? "" : ": " + names));
  }
  into.input = model.inputs[0];
  if (!into.input.floating)
    throw io::error(model.file, "input " + in_quotes(into.input.name), float_or_double, into.input.type);
  if (!into.input.has_shape)
    throw io::error(model.file, "input " + in_quotes(into.input.name), "a shape, as [batch, 64]",
                    "none in the file (export the model with one; onnx.checker does not ask for it)");
  const std::int64_t batch = open_batch(into.input);
  model.inputs[0] = into.input;
  const follower followed = understand(model, into.input, into.output.name, batch);
  into.net = {into.input.double_precision, followed.input_shape,
              fold(followed.steps, followed.input_shape, model.file)};
  if (into.net.layers.empty())
    throw io::error(model.file, "", "a net of at least one layer", "a model that computes nothing");
  add_verification(into, model, followed, options.inputs);
  check_independence(model, into.input, into.output.name, into.net.layers);
  return into;
}

} // namespace inlay::onnx
