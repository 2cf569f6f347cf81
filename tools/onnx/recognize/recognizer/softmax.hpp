#pragma once

#include "recognize/order.hpp"
#include "recognize/recognizer_row.hpp"

namespace inlay::onnx::recognizers {

/// Over all features.
inline bool take_softmax(follower& here, const way& on) {
  const node& of = *on.next[0];
  // Each group that sums to one must be one whole sample. The function itself tells: raise one element, see
  // which move.
  if (!put_in_order(here, of.title(), on.into))
    here.fail(of, "the features of a sample in their order, or transposed", "a permutation of them");
  tensor x = here.value(here.current);
  for (double& number : x.values)
    number = 0;
  const tensor before = evaluate(here.model, of, {&x});
  for (std::size_t sample = 0; sample < here.samples; ++sample) {
    std::size_t at = 0;
    while (at < here.where.size() && here.where[at] / here.features != sample)
      ++at;
    tensor raised = x;
    raised.values[at] = 1;
    const tensor after = evaluate(here.model, of, {&raised});
    for (std::size_t other = 0; other < here.where.size(); ++other)
      if ((before.values[other] != after.values[other]) != (here.where[other] / here.features == sample) &&
          here.features > 1)
        here.fail(of, "the axis of all features of a sample",
                  "axis " + std::to_string(static_cast<long>(of.number("axis", -1))) + " of " + text_of(x.shape));
  }
  step one{step::kind::activation, of.title()};
  one.layer.activation.name = of.op == "Softmax" ? "softmax" : "log_softmax";
  on.into.push_back(std::move(one));
  here.move_on(of);
  return true;
}

inline recognizer_rows softmax_rows() { return {{"Softmax", take_softmax}, {"LogSoftmax", take_softmax}}; }

} // namespace inlay::onnx::recognizers
