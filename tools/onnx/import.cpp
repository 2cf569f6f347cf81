#include "import.hpp"

#include "batch.hpp"
#include "output.hpp"
#include "prepared.hpp"
#include "verification.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

using io::detail::in_quotes;

imported_model import_model(const graph& original, const import_options& options) {
  imported_model into;
  into.notes = original.notes;
  const graph whole = prepared(original, options, into.notes);
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
  const auto quantized =
      std::count_if(model.nodes.begin(), model.nodes.end(), [](const node& of) { return of.op == "DequantizeLinear"; });
  if (quantized > 0)
    into.notes.push_back("weights: " + std::to_string(quantized) + (quantized == 1 ? " tensor is" : " tensors are") +
                         " quantized, and taken as the floats that the graph makes of them");
  std::int64_t batch = 0;
  for (port& input : model.inputs) {
    check_input(model, input);
    if (model.inputs.size() == 1)
      batch = open_batch(input);
  }
  into.inputs = model.inputs;
  const graph in_steps = with_cells(model);
  const follower followed = understand(in_steps, names, batch);
  into.net = net_of(followed);
  if (into.net.layers.empty())
    throw io::error(model.file, "", "a net of at least one layer", "a model that computes nothing");
  if (options.verify)
    add_verification(into, model, followed, options);
  check_independence(in_steps, names, into.net);
  return into;
}

} // namespace inlay::onnx
