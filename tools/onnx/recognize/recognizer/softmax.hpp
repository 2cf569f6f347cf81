#pragma once

#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/recognizer_row.hpp"

#include <algorithm>
#include <numeric>

namespace inlay::onnx::recognizers {

/// Which elements of a sample sum to one, each group by itself: raise one element, see which move.
inline std::vector<std::vector<std::size_t>> groups_of_softmax(const follower& here, const node& of, std::size_t sample) {
  tensor x = here.value(here.current);
  std::fill(x.values.begin(), x.values.end(), 0.0);
  const tensor before = evaluate(here.model, of, {&x});
  std::vector<bool> known(x.size(), false);
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t at = 0; at < x.size(); ++at) {
    if (known[at] || here.where[at] / here.features != sample)
      continue;
    x.values[at] = 1;
    const tensor after = evaluate(here.model, of, {&x});
    x.values[at] = 0;
    groups.emplace_back();
    for (std::size_t other = 0; other < x.size(); ++other)
      if (other == at || before.values[other] != after.values[other])
        groups.back().push_back(other), known[other] = true;
    if (groups.size() > most_runs)
      break;
  }
  return groups;
}

/// Over all features, or over even groups of them, each a branch.
inline bool take_softmax(follower& here, const way& on) {
  const node& of = *on.next[0];
  const char* const name = of.op == "Softmax" ? "softmax" : "log_softmax";
  const auto refuse_axis = [&] {
    here.fail(of, "the axis of all features of a sample, or of at most " + std::to_string(most_runs) + " even groups of them",
              "axis " + std::to_string(static_cast<long>(of.number("axis", -1))) + " of " + text_of(here.value(here.current).shape));
  };
  std::vector<std::size_t> moved, elements; // sample by sample, group by group
  std::size_t count = 0;
  for (std::size_t sample = 0; sample < here.samples; ++sample) {
    const auto groups = groups_of_softmax(here, of, sample);
    count = groups.size();
    for (const auto& group : groups)
      for (const std::size_t at : group) {
        if (group.size() != groups[0].size() || (group.size() == 1 && here.features > 1) || here.where[at] / here.features != sample || count > most_runs)
          refuse_axis();
        elements.push_back(at), moved.push_back(here.where[at]);
      }
  }
  if (elements.size() != here.where.size())
    refuse_axis();
  here.where = std::move(moved);
  if (!put_in_order(here, of.title(), on.into))
    here.fail(of, "the features of a sample in their order, or transposed", "a permutation of them");
  std::vector<std::size_t> back(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i)
    back[elements[i]] = here.where[i];
  here.where = std::move(back);
  step one{step::kind::activation, of.title()};
  one.layer.activation.name = name;
  if (count == 1) {
    on.into.push_back(std::move(one));
    here.move_on(of);
    return true;
  }
  step all{step::kind::join, of.title()};
  all.layer = make_join("concat");
  const std::size_t each = here.features / count;
  for (std::size_t k = 0; k < count; ++k) {
    step part{step::kind::selection, of.title()};
    part.from.resize(each), part.features = here.features;
    std::iota(part.from.begin(), part.from.end(), k * each);
    all.branches.push_back({std::move(part), one});
  }
  on.into.push_back(std::move(all));
  here.image = false;
  here.move_on(of);
  return true;
}

inline recognizer_rows softmax_rows() { return {{"Softmax", take_softmax}, {"LogSoftmax", take_softmax}}; }

} // namespace inlay::onnx::recognizers
