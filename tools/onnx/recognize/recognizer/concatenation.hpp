#pragma once

#include "recognize/constants.hpp"
#include "recognize/join.hpp"

#include <algorithm>

namespace inlay::onnx::recognizers {

/// Where the elements of a Concat of the arms come from: of each arm's features `first[k]` is the first among `total`.
inline void concatenate_places(follower& here, const meeting& at, const std::vector<std::size_t>& first, std::size_t total) {
  std::map<std::string, tensor> places;
  for (std::size_t k = 0; k < at.arms.size(); ++k) {
    const position& end = at.arms[k].at;
    tensor& own = places[at.arms[k].tensor] = {here.value(at.arms[k].tensor).shape, {}};
    for (const std::size_t from : end.where)
      own.values.push_back(static_cast<double>(from / end.features * total + first[k] + from % end.features));
  }
  std::vector<double> constants;
  std::vector<const tensor*> inputs;
  for (const auto& name : at.of.inputs) {
    if (!places.contains(name)) {
      tensor& coded = places[name] = {here.value(name).shape, {}};
      for (const double value : here.parameters(at.of, name).values)
        coded.values.push_back(place_of_constant(constants.size())), constants.push_back(value);
    }
    inputs.push_back(&places.at(name));
  }
  here.features = total;
  move_to(here, at.of, at.into, evaluate(here.model, at.of, inputs), constants);
}

/// Of branches, along whatever axis: the features of one branch behind those of another, each element where it comes from.
inline void join_concatenation(follower& here, meeting& at) {
  std::vector<std::size_t> first;
  const auto part = [&](const arm& one) { return one.steps.empty() && one.at.features == at.arms[0].at.features; }; // else it was refused
  if (std::all_of(at.arms.begin(), at.arms.end(), part)) { // parts of one tensor
    concatenate_places(here, at, std::vector<std::size_t>(at.arms.size(), 0), at.arms[0].at.features);
    here.lanes.clear(), here.image = false;
    return here.move_on(at.of);
  }
  std::size_t total = 0;
  for (arm& one : at.arms) {
    enter_arm(here, one);
    close_arm(here, at.of, one);
    first.push_back(total);
    total += one.at.features;
  }
  add_join(here, at, "concat");
  concatenate_places(here, at, first, total);
}

inline recognizer_rows concatenation_rows() { return {{"Concat", nullptr, join_concatenation}}; }

} // namespace inlay::onnx::recognizers
