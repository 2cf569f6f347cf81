#include "recognize/branches.hpp"

#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/recognizers.hpp"
#include "recognize/refusal.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

namespace {

std::vector<std::string> starts_of(const follower& here) {
  if (here.lanes.empty())
    return {here.current};
  std::vector<std::string> names;
  for (const lane& one : here.lanes)
    names.push_back(one.tensor);
  return names;
}

bool takes(const node& of, const std::string& name) {
  return std::find(of.inputs.begin(), of.inputs.end(), name) != of.inputs.end();
}

/// The part of a way up to the first node through whose output all of it goes.
nodes_t up_to_meeting(const follower& here, const nodes_t& between, const std::string& end) {
  std::map<std::string, std::size_t> open; // tensors, and how many of their users are to come
  const auto users = [&](const std::string& name) {
    return static_cast<std::size_t>(
        std::count_if(between.begin(), between.end(), [&](const node* of) { return takes(*of, name); }));
  };
  for (const auto& name : starts_of(here))
    if (const std::size_t count = users(name))
      open[name] = count;
  nodes_t part;
  for (const node* of : between) {
    part.push_back(of);
    for (const auto& name : std::set<std::string>(of->inputs.begin(), of->inputs.end()))
      if (const auto found = open.find(name); found != open.end() && --found->second == 0)
        open.erase(found);
    open[of->outputs[0]] = of->outputs[0] == end ? 1 : users(of->outputs[0]);
    if (open.size() == 1)
      break;
  }
  return part;
}

/// Whether a node takes next to no time, and has no parameters: what it gives may be computed in each branch by itself.
bool is_cheap(const follower& here, const node& of) {
  static const std::set<std::string> cheap{"Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze",
                                           "Transpose", "Slice", "Split", "Gather", "Concat", "Add",
                                           "Sub", "Mul", "Div", "Neg", "Expand", "Clip"};
  return cheap.contains(of.operation()) && std::none_of(of.inputs.begin(), of.inputs.end(), [&](const std::string& name) {
           return !name.empty() && !here.varies(name) && here.value(name).floating && here.value(name).size() > 1;
         });
}

/// The first tensor with something dear before it that leads to more than one input of the meeting: it would be computed, and
/// trained, in each branch by itself. Empty if there is none.
std::string shared_tensor(const follower& here, const nodes_t& part) {
  const node& meeting = *part.back();
  std::map<std::string, std::set<std::string>> leads; // to which inputs of the meeting
  for (const auto& name : meeting.inputs)
    leads[name].insert(name);
  for (std::size_t i = part.size() - 1; i-- > 0;)
    for (const auto& name : part[i]->inputs)
      if (!name.empty() && here.varies(name))
        leads[name].insert(leads[part[i]->outputs[0]].begin(), leads[part[i]->outputs[0]].end());
  std::set<std::string> dear;
  for (std::size_t i = 0; i + 1 < part.size(); ++i) {
    const bool own = !is_cheap(here, *part[i]);
    const bool before =
        std::any_of(part[i]->inputs.begin(), part[i]->inputs.end(), [&](auto& name) { return dear.contains(name); });
    const std::string& name = part[i]->outputs[0];
    if (own || before)
      dear.insert(name);
    const auto users = std::count_if(part.begin(), part.end(), [&](const node* of) { return takes(*of, name); });
    if ((own || before) && leads[name].size() > 1 && users > 1)
      return name;
  }
  return {};
}

/// Computes one tensor and hands on beside it what else is needed after it: all of them are lanes then.
void carry(follower& here, const std::string& tensor, const nodes_t& part, std::vector<step>& into) {
  const position start = here;
  std::vector<std::string> wanted{tensor};
  if (here.lanes.empty())
    here.lanes.push_back({here.current, {}});
  const auto before = starts_of(here);
  here.lanes.push_back({tensor, {}});
  const nodes_t rest = here.between(part.back()->outputs[0]); // what is still to be computed then
  for (const auto& name : before)
    if (std::any_of(rest.begin(), rest.end(), [&](const node* of) { return takes(*of, name); }))
      wanted.push_back(name);
  step one{step::kind::join, part.back()->title()};
  one.layer = make_join("concat");
  std::vector<lane> lanes;
  std::size_t total = 0, samples = here.samples, steps = here.time_steps;
  for (const auto& name : wanted) {
    static_cast<position&>(here) = start;
    one.branches.emplace_back();
    here.follow(name, one.branches.back());
    put_in_order(here, part.back()->title(), one.branches.back());
    lanes.push_back({name, here.where, here.features});
    total += here.features;
    if (&name != &wanted[0] && here.time_steps != steps)
      throw io::error(here.model.file, part.back()->title(), "branches that are sequences, all of them or none", "some of either");
    samples = here.samples, steps = here.time_steps;
  }
  std::size_t offset = 0;
  for (lane& to : lanes) {
    for (std::size_t& at : to.where)
      at = at / to.features * total + offset + at % to.features;
    offset += std::exchange(to.features, total);
  }
  static_cast<position&>(here) = {"", {}, total, false, std::move(lanes), samples, steps};
  into.push_back(std::move(one));
}

} // namespace

const node& meeting_of(const follower& here, const std::string& end) {
  return *up_to_meeting(here, here.between(end), end).back();
}

void take_branches(follower& here, const std::string& end, std::vector<step>& into) {
  const nodes_t part = up_to_meeting(here, here.between(end), end);
  const node& of = *part.back();
  const recognizer_row* row = find_join(of);
  if (const std::string shared = shared_tensor(here, part); !shared.empty())
    return carry(here, shared, part, into);
  meeting at{of, {}, into};
  const position start = here;
  for (const auto& name : of.inputs) {
    const bool known = std::any_of(at.arms.begin(), at.arms.end(), [&](const arm& one) { return one.tensor == name; });
    if (name.empty() || known || !here.varies(name))
      continue;
    arm one{name, {}, {}};
    static_cast<position&>(here) = start;
    here.follow(name, one.steps);
    one.at = here;
    at.arms.push_back(std::move(one));
  }
  if (!row)
    refuse_meeting(here, of);
  row->join(here, at);
}

} // namespace inlay::onnx
