#pragma once

#include "recognize/constants.hpp"
#include "recognize/recognizer_row.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx::recognizers {

/// What only moves elements, or leaves some out, or nothing at all.
inline bool take_rearrangement(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (of.inputs[0] != here.current || (of.op != "CastLike" && std::any_of(of.inputs.begin() + 1, of.inputs.end(), [&](auto& name) {
                                         return here.varies(name);
                                       })))
    here.fail(of, io::detail::in_quotes(here.current) + " as its data", "a shape or type that depends on the input");
  if (of.op == "Cast" && (of.number("to", 1) != 1 && of.number("to", 1) != 11))
    here.fail(of, "a Cast that changes nothing", "one to another type");
  const tensor places = here.places();
  std::vector<const tensor*> inputs{&places};
  for (std::size_t i = 1; i < of.inputs.size(); ++i)
    inputs.push_back(of.inputs[i].empty() ? nullptr : &here.value(of.inputs[i]));
  move_to(here, of, on.into, evaluate(here.model, of, inputs), {});
  here.move_on(of);
  return true;
}

/// A Concat of one input, of the same several times, or with constants.
inline bool take_repetition(follower& here, const way& on) {
  const node& of = *on.next[0];
  const tensor places = here.places();
  std::vector<double> constants;
  std::vector<tensor> coded(of.inputs.size());
  std::vector<const tensor*> inputs;
  for (std::size_t i = 0; i < of.inputs.size(); ++i) {
    if (of.inputs[i] != here.current) {
      coded[i].shape = here.value(of.inputs[i]).shape;
      for (const double value : here.parameters(of, of.inputs[i]).values)
        coded[i].values.push_back(place_of_constant(constants.size())), constants.push_back(value);
    }
    inputs.push_back(of.inputs[i] == here.current ? &places : &coded[i]);
  }
  move_to(here, of, on.into, evaluate(here.model, of, inputs), constants);
  here.move_on(of);
  return true;
}

inline recognizer_rows rearrangement_rows() {
  recognizer_rows rows{{"Concat", take_repetition}};
  for (const char* operation : {"Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Identity", "Dropout", "Cast", "CastLike", "Slice",
                                "Split", "Gather", "GatherND", "Expand", "Tile"})
    rows.push_back({operation, take_rearrangement});
  return rows;
}

} // namespace inlay::onnx::recognizers
