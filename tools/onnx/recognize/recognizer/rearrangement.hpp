#pragma once

#include "recognize/recognizer_row.hpp"

#include "inlay/io/detail/text.hpp"

namespace inlay::onnx::recognizers {

/// What only moves elements, or nothing at all.
inline bool take_rearrangement(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (of.inputs[0] != here.current)
    here.fail(of, io::detail::in_quotes(here.current) + " as its data", "a shape or type that depends on the input");
  if (of.op == "Cast" && (of.number("to", 1) != 1 && of.number("to", 1) != 11))
    here.fail(of, "a Cast that changes nothing", "one to another type");
  tensor places{here.value(here.current).shape, {here.where.begin(), here.where.end()}};
  std::vector<const tensor*> inputs{&places};
  for (std::size_t i = 1; i < of.inputs.size(); ++i)
    inputs.push_back(of.inputs[i].empty() ? nullptr : &here.value(of.inputs[i]));
  const tensor moved = evaluate(here.model, of, inputs);
  for (std::size_t at = 0; at < here.where.size(); ++at)
    here.where[at] = static_cast<std::size_t>(moved.values[at]);
  here.move_on(of);
  return true;
}

inline recognizer_rows rearrangement_rows() {
  recognizer_rows rows;
  for (const char* operation :
       {"Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Identity", "Dropout", "Cast", "CastLike"})
    rows.push_back({operation, take_rearrangement});
  return rows;
}

} // namespace inlay::onnx::recognizers
