#include "import.hpp"

#include "batch.hpp"
#include "output.hpp"
#include "tails.hpp"
#include "verification.hpp"

#include "inlay/io/detail/text.hpp"

namespace inlay::onnx {

using io::detail::in_quotes;

namespace {

void check_input(const graph& model, const port& input) {
  const std::string part = "input " + in_quotes(input.name);
  if (!input.floating)
    throw io::error(model.file, part, float_or_double, input.type);
  if (!input.has_shape)
    throw io::error(model.file, part, "a shape, as [batch, 64]",
                    "none in the file (export the model with one; onnx.checker does not ask for it)");
  if (input.double_precision != model.inputs[0].double_precision)
    throw io::error(model.file, part, "the type of " + in_quotes(model.inputs[0].name) + ", " + model.inputs[0].type, input.type);
}

} // namespace

imported_model import_model(const graph& original, const import_options& options) {
  imported_model into;
  graph whole = original;
  cut_tails(whole, into.notes);
  join_logarithms(whole);
  into.outputs = choose_outputs(whole, options.outputs);
  graph model = pruned(whole, into.outputs);
  std::vector<std::string> names;
  for (const port& output : into.outputs)
    names.push_back(output.name);
  if (model.inputs.empty())
    refuse_without_input(whole, names[0]);
  for (const node& of : model.nodes)
    if (of.op == "RandomNormalLike" || of.op == "RandomNormal")
      into.notes.push_back(of.title() + ": its noise counts as its mean");
  std::int64_t batch = 0;
  for (port& input : model.inputs) {
    check_input(model, input);
    if (model.inputs.size() == 1)
      batch = open_batch(input);
  }
  into.inputs = model.inputs;
  const follower followed = understand(model, names, batch);
  into.net = net_of(followed);
  if (into.net.layers.empty())
    throw io::error(model.file, "", "a net of at least one layer", "a model that computes nothing");
  add_verification(into, model, followed, options);
  check_independence(model, names, into.net);
  return into;
}

} // namespace inlay::onnx
