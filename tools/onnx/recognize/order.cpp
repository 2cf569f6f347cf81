#include "recognize/order.hpp"

#include "recognize/layers.hpp"

#include <algorithm>

namespace inlay::onnx {

bool put_in_order(follower& here, const std::vector<std::size_t>& wanted, const std::string& title,
                  std::vector<step>& into) {
  if (here.where == wanted)
    return true;
  // The one that is to be number 1 is the first of the second row now.
  std::size_t columns = 0;
  for (std::size_t at = 0; at < here.where.size(); ++at)
    if (wanted[at] == 1)
      columns = here.where[at];
  if (columns == 0 || here.features % columns)
    return false;
  const std::size_t rows = here.features / columns;
  for (std::size_t at = 0; at < here.where.size(); ++at) {
    const std::size_t to = place_in_transpose(here.where[at] % here.features, rows, columns);
    if (wanted[at] != here.where[at] / here.features * here.features + to)
      return false;
  }
  begin_with(here, {rows, columns}, into);
  step one{step::kind::transpose, title};
  one.layer = make_transpose(rows, columns);
  into.push_back(std::move(one));
  here.where = wanted;
  return true;
}

void begin_with(follower& here, const std::vector<std::size_t>& shape, const std::vector<step>& into) {
  const bool first = std::all_of(into.begin(), into.end(), [](const step& s) {
    return s.is == step::kind::scale || s.is == step::kind::activation;
  });
  if (first && &into == &here.steps)
    here.input_shape = shape; // else fold() sees to it that the shapes fit
}

} // namespace inlay::onnx
