#include "reasons.hpp"

#include "batch.hpp"
#include "interpreter/operators.hpp"
#include "output.hpp"
#include "prepared.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <set>

namespace inlay::onnx {

using io::detail::in_quotes;

namespace {

/// Nodes of operators that the importer does not know, the first of each operator, with their number.
std::vector<io::error> unknown_operators(const graph& model, const std::vector<port>& outputs) {
  std::set<std::string> wanted;
  for (const port& output : outputs)
    wanted.insert(output.name);
  std::vector<const node*> unknown;
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    const node& of = model.nodes[i];
    if (std::none_of(of.outputs.begin(), of.outputs.end(), [&](auto& name) { return !name.empty() && wanted.contains(name); }))
      continue;
    wanted.insert(of.inputs.begin(), of.inputs.end());
    if (!find_operator(of))
      unknown.insert(unknown.begin(), &of);
  }
  std::vector<io::error> all;
  std::set<std::string> said;
  for (const node* of : unknown) {
    if (!said.insert(of->operation()).second)
      continue;
    const auto count =
        std::count_if(unknown.begin(), unknown.end(), [&](const node* one) { return one->operation() == of->operation(); });
    all.emplace_back(model.file, of->title(), "an operator of which a net of inlay's layers is made",
                     io::detail::printable(of->operation()) +
                         (count > 1 ? ", and " + std::to_string(count - 1) + " more of it" : ""));
  }
  return all;
}

} // namespace

std::vector<io::error> reasons(const graph& original, const import_options& options) {
  std::vector<std::string> notes;
  std::vector<io::error> all;
  try {
    const graph whole = prepared(original, options, notes);
    const auto outputs = choose_outputs(whole, options.outputs);
    all = unknown_operators(whole, outputs);
    if (!all.empty())
      return all;
    graph model = pruned(whole, outputs);
    std::vector<std::string> names;
    for (const port& output : outputs)
      names.push_back(output.name);
    for (port& input : model.inputs)
      try {
        check_input(model, input);
        if (model.inputs.size() == 1)
          open_batch(input);
      } catch (const io::error& why) {
        all.push_back(why);
      }
    if (!all.empty() || model.inputs.empty())
      return all;
    const graph in_steps = with_cells(model);
    all = refusals(in_steps, names);
    import_options once = options;
    once.verify = false;
    if (all.empty())
      import_model(original, once);
  } catch (const io::error& why) {
    all.push_back(why);
  }
  return all;
}

std::vector<std::string> advice(const graph& model, const import_options& options) {
  std::vector<std::string> lines;
  if (!options.outputs.empty() || model.outputs.size() < 2)
    return lines;
  for (const port& output : model.outputs)
    try {
      import_options one = options;
      one.outputs = {output.name}, one.verify = false;
      const auto imported = import_model(model, one);
      lines.push_back("OUTPUT " + output.name + " would be taken: " + std::to_string(imported.net.layers.size()) +
                      (imported.net.layers.size() == 1 ? " layer" : " layers"));
    } catch (const io::error&) {
    }
  return lines;
}

} // namespace inlay::onnx
