#pragma once

#include "recognize/order.hpp"
#include "recognize/recognizer_row.hpp"

namespace inlay::onnx::recognizers {

/// x + F(x)
inline bool take_residual(follower& here, const way& on) {
  if (on.next.size() != 2)
    return false;
  for (const node* sum : on.next) {
    if (sum->op != "Add" || !sum->domain.empty() || sum->inputs.size() != 2)
      continue;
    const std::string inside = sum->inputs[0] == here.current ? sum->inputs[1] : sum->inputs[0];
    if (inside == here.current || !here.varies(inside))
      continue;
    const auto start_where = here.where;
    const auto start_features = here.features;
    const std::string start = here.current;
    step one{step::kind::residual, sum->title()};
    here.follow(inside, one.inner, {sum});
    if (here.value(start).shape != here.value(inside).shape || here.features != start_features ||
        !put_in_order(here, start_where, sum->title(), one.inner))
      here.fail(*sum, "a sum with what went in, in shape and order",
                text_of(here.value(start).shape) + " and " + text_of(here.value(inside).shape));
    on.into.push_back(std::move(one));
    here.move_on(*sum);
    return true;
  }
  return false;
}

inline recognizer_rows residual_rows() { return {{several_nodes, take_residual}}; }

} // namespace inlay::onnx::recognizers
