#include "recognize/follower.hpp"

#include "inlay/io/detail/evaluate.hpp"
#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

using io::detail::in_quotes, io::detail::layer_kind, io::detail::place_in_transpose;

void follower::take_structure(const node& of) {
  if (of.inputs[0] != current)
    fail(of, in_quotes(current) + " as its data", "a shape or type that depends on the input");
  if (of.op == "Cast" && (of.number("to", 1) != 1 && of.number("to", 1) != 11))
    fail(of, "a Cast that changes nothing", "one to another type");
  tensor places{value(current).shape, {where.begin(), where.end()}};
  std::vector<const tensor*> inputs{&places};
  for (std::size_t i = 1; i < of.inputs.size(); ++i)
    inputs.push_back(of.inputs[i].empty() ? nullptr : &value(of.inputs[i]));
  const tensor moved = evaluate(model, of, inputs);
  for (std::size_t at = 0; at < where.size(); ++at)
    where[at] = static_cast<std::size_t>(moved.values[at]);
  move_on(of);
}

bool follower::put_in_order(const std::vector<std::size_t>& wanted, const std::string& title, std::vector<step>& into) {
  if (where == wanted)
    return true;
  // The one that is to be number 1 is the first of the second row now.
  std::size_t columns = 0;
  for (std::size_t at = 0; at < where.size(); ++at)
    if (wanted[at] == 1)
      columns = where[at];
  if (columns == 0 || features % columns)
    return false;
  const std::size_t rows = features / columns;
  for (std::size_t at = 0; at < where.size(); ++at) {
    const std::size_t to = place_in_transpose(where[at] % features, rows, columns);
    if (wanted[at] != where[at] / features * features + to)
      return false;
  }
  begin_with({rows, columns}, into);
  step one{step::kind::transpose, title};
  one.layer = {.kind = layer_kind::transpose, .input = {rows, columns}, .output = {columns, rows}};
  into.push_back(std::move(one));
  where = wanted;
  return true;
}

void follower::begin_with(const std::vector<std::size_t>& shape, const std::vector<step>& into) {
  const bool first = std::all_of(into.begin(), into.end(), [](const step& s) {
    return s.is == step::kind::scale || s.is == step::kind::activation;
  });
  if (first && &into == &steps)
    input_shape = shape; // else fold() sees to it that the shapes fit
}

} // namespace inlay::onnx
