#include "recognize/join.hpp"

namespace inlay::onnx {

void enter_arm(follower& here, const arm& one) { static_cast<position&>(here) = one.at; }

void spread(follower& here, const node& of) {
  const tensor& to = here.value(of.outputs[0]);
  const tensor zero{to.shape, std::vector<double>(to.size(), 0)}, places = here.places();
  const node sum{.name = of.name, .op = "Add", .domain = "", .inputs = {}, .outputs = {}, .attributes = {}};
  const tensor moved = evaluate(here.model, sum, {&zero, &places});
  if (moved.size() % here.samples || moved.shape != to.shape)
    here.fail(of, "shapes that broadcast", text_of(places.shape) + " and " + text_of(to.shape));
  here.where.assign(moved.values.begin(), moved.values.end());
}

void close_arm(follower& here, const node& of, arm& one) {
  if (!put_in_order(here, of.title(), one.steps))
    here.fail(of, "branches that have the features of a sample in one order, or transposed",
              "a permutation of them in " + io::detail::in_quotes(one.tensor));
  one.at = here;
}

void add_join(follower& here, meeting& at, const char* word) {
  step one{step::kind::join, at.of.title()};
  one.layer = make_join(word);
  for (const arm& other : at.arms)
    if (other.at.time_steps != at.arms[0].at.time_steps || (!*word && other.at.time_steps > 0))
      here.fail(at.of, *word ? "branches that are sequences, all of them or none" : "one output of a sequence",
                *word ? "some of either" : std::to_string(at.arms.size()));
  for (const arm& other : at.arms)
    if (*word && std::string(word) != "concat" && other.at.where != at.arms[0].at.where)
      here.fail(at.of, "branches with one shape, and samples along one axis",
                text_of(here.value(at.arms[0].tensor).shape) + " and " + text_of(here.value(other.tensor).shape));
  enter_arm(here, at.arms[0]);
  for (arm& each : at.arms) {
    here.image = here.image && each.at.image;
    one.branches.push_back(std::move(each.steps));
  }
  at.into.push_back(std::move(one));
  here.current = at.of.outputs[0];
}

} // namespace inlay::onnx
