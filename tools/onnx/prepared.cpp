#include "prepared.hpp"

#include "attention.hpp"
#include "batch.hpp"
#include "conditions.hpp"
#include "tails.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

namespace {

/// An input of whole numbers that are only cast to floats, as the bytes of an image, is one of floats.
void take_as_floats(graph& model, std::vector<std::string>& notes) {
  for (port& input : model.inputs) {
    if (input.floating || input.type == "no tensor" || input.type == "STRING")
      continue;
    const auto uses = [&](const node& of) { return std::find(of.inputs.begin(), of.inputs.end(), input.name) != of.inputs.end(); };
    const auto casts = [](const node& of) {
      return of.operation() == "Cast" && (of.number("to", 0) == 1 || of.number("to", 0) == 11);
    };
    if (std::none_of(model.nodes.begin(), model.nodes.end(), [&](const node& of) { return uses(of) && casts(of); }) ||
        std::any_of(model.nodes.begin(), model.nodes.end(), [&](const node& of) { return uses(of) && !casts(of) && of.op != "Shape"; }))
      continue;
    notes.push_back("input " + io::detail::in_quotes(input.name) + ": its " + input.type + " are cast to floats, which the net takes");
    input.floating = true, input.type = "FLOAT";
  }
}

} // namespace

graph prepared(graph model, const import_options& options, std::vector<std::string>& notes) {
  set_shapes(model, options.shapes);
  take_as_floats(model, notes);
  resolve_conditions(model);
  spell_out_attention(model);
  cut_tails(model, notes);
  join_logarithms(model);
  return model;
}

} // namespace inlay::onnx
