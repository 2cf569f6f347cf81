#include "recognize/follower.hpp"

#include "recognize/branches.hpp"
#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/recognizers.hpp"
#include "recognize/refusal.hpp"
#include "recognize/sequence.hpp"

#include "inlay/io/detail/text.hpp"
#include "inlay/math/arithmetic.hpp"

#include <algorithm>
#include <set>

namespace inlay::onnx {

using io::detail::in_quotes;

namespace {

/// An input of the model as it is at first, its samples along this axis; `input` from 1.
lane lane_of(const std::vector<std::int64_t>& shape, const std::string& name, std::size_t input, std::size_t axis, std::size_t& samples) {
  std::size_t elements = 1, inner = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    elements *= static_cast<std::size_t>(shape[d]);
    inner *= d > axis ? static_cast<std::size_t>(shape[d]) : 1;
  }
  samples = shape.size() < 2 || axis >= shape.size() ? 1 : static_cast<std::size_t>(shape[axis]);
  lane one{name, {}, elements / samples, input};
  for (std::size_t at = 0; at < elements; ++at)
    one.where.push_back(at / inner % samples * one.features + at / inner / samples * inner + at % inner);
  return one;
}

std::vector<std::size_t> shape_of_sample(const std::vector<std::int64_t>& shape, std::size_t axis) {
  std::vector<std::size_t> of;
  for (std::size_t d = 0; d < shape.size(); ++d)
    if (shape.size() < 2 || d != axis)
      of.push_back(static_cast<std::size_t>(shape[d]));
  return of.empty() ? std::vector<std::size_t>{1} : of;
}

} // namespace

follower::follower(const graph& model, std::vector<std::string> wanted, const shapes_t& shapes, const reading& as)
    : model(model), over_time(as.over_time), over_positions(as.over_positions) {
  std::map<std::string, tensor> x;
  for (std::size_t k = 0; k < shapes.size(); ++k) {
    std::size_t of_input = 0;
    const std::string& name = model.inputs[k].name;
    const std::size_t axis = batch_axis(model, k, as);
    lanes.push_back(lane_of(shapes[k], name, k + 1, axis, of_input));
    if (k > 0 && of_input != samples)
      throw io::error(model.file, "inputs", "as many samples in each",
                      std::to_string(samples) + " and " + std::to_string(of_input));
    samples = of_input;
    inputs.push_back({name, shape_of_sample(shapes[k], axis), lanes[k].where, lanes[k].features});
    tensor& made_up = x[name] = {shapes[k], {}};
    for (std::size_t at = 0; at < lanes[k].where.size(); ++at)
      made_up.values.push_back(static_cast<double>((at + 3 * k) % 7) * 0.25 - 0.6);
  }
  batch = samples;
  values = evaluate(model, std::move(x));
  varying_tensors = varying(model, values);
  for (const node& of : model.nodes)
    if (varies(of.outputs[0]))
      needed.push_back(&of);
  if (wanted.size() > 1) {
    ends = std::make_unique<node>(
        node{.name = "outputs", .op = "Outputs", .domain = "", .inputs = wanted, .outputs = {"outputs\n"}, .attributes = {}});
    needed.push_back(ends.get());
  }
  for (const node* of : needed)
    for (const auto& name : std::set<std::string>(of->inputs.begin(), of->inputs.end()))
      uses[name].push_back(of);
  for (const auto& name : wanted)
    outputs.push_back({name, {}, {}, 0});
  if (lanes.size() == 1) {
    const lane only = std::move(lanes[0]);
    current = only.tensor, where = only.where, features = only.features;
    lanes.clear();
    if (over_time) // each step is a sample
      steps_of_sequence(inputs[0].shape[0]);
  }
}

void follower::run() {
  follow(ends ? ends->outputs[0] : outputs[0].tensor, steps);
  if (ends)
    return; // each output by itself
  const std::string part = "output " + in_quotes(outputs[0].tensor);
  if (!put_in_order(*this, part, steps))
    throw io::error(model.file, part, "the features of a sample in their order, or transposed", "a permutation of them");
  if (time_steps > 0)
    end_of_sequence(part);
  outputs[0].where = where, outputs[0].features = features;
}

void follower::steps_of_sequence(std::size_t count) {
  constexpr std::size_t most = 1 << 16;
  if (count > most)
    throw io::error(model.file, "input " + in_quotes(inputs[0].tensor), "at most " + std::to_string(most) + " steps",
                    std::to_string(count));
  time_steps = count, samples *= count, features /= count;
}

void follower::all_steps() { features *= time_steps, samples /= time_steps, time_steps = 0; }

void follower::end_of_sequence(const std::string& part) {
  all_steps();
  std::vector<std::size_t> next(samples, 0);
  for (const std::size_t at : where)
    if (at % features != next[at / features]++)
      throw io::error(model.file, part, "the numbers of a step side by side, and step after step",
                      "shape " + text_of(value(current).shape) + ", another order");
}

bool follower::varies(const std::string& name) const {
  const auto found = varying_tensors.find(name);
  return found != varying_tensors.end() && found->second;
}

const nodes_t& follower::users(const std::string& name) const {
  static const nodes_t none;
  const auto all = uses.find(name);
  return all == uses.end() ? none : all->second;
}

nodes_t follower::between(const std::string& end) const {
  std::set<std::string> starts{current}, reached{current}, wanted{end};
  for (const lane& one : lanes)
    starts.insert(one.tensor), reached.insert(one.tensor);
  nodes_t found;
  for (const node* of : needed)
    if (std::any_of(of->inputs.begin(), of->inputs.end(), [&](auto& name) { return !name.empty() && reached.contains(name); }))
      found.push_back(of), reached.insert(of->outputs[0]);
  nodes_t way;
  for (std::size_t i = found.size(); i-- > 0;) {
    const std::string& result = found[i]->outputs[0];
    if (!wanted.contains(result) || starts.contains(result))
      continue;
    wanted.insert(found[i]->inputs.begin(), found[i]->inputs.end());
    way.push_back(found[i]);
  }
  std::reverse(way.begin(), way.end());
  return way;
}

tensor follower::broadcast(const node& of, const std::string& name) const {
  const tensor& to = value(of.outputs[0]);
  const tensor zero{to.shape, std::vector<double>(to.size(), 0)};
  parameters(of, name);
  const node sum{.name = of.name, .op = "Add", .domain = "", .inputs = {}, .outputs = {}, .attributes = {}};
  return evaluate(model, sum, {&zero, &value(name)});
}

tensor follower::places() const { return {value(current).shape, {where.begin(), where.end()}}; }

const tensor& follower::parameters(const node& of, const std::string& name) const {
  const tensor& found = value(name);
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!math::is_finite(found.values[i]))
      throw io::error(model.file, "tensor " + in_quotes(name) + ", element " + std::to_string(i),
                      "a finite number, as " + of.title() + " makes parameters of it", io::detail::text_of(found.values[i]));
  return found;
}

void follower::move_on(const node& of) {
  current = of.outputs[0];
  if (features == 0 || where.empty())
    fail(of, "a result of at least one element", "an empty one");
}

void follower::enter(const lane& one, std::vector<step>& into) {
  current = one.tensor, where = one.where, features = one.features, image = false;
  if (one.input > 0) {
    step from{step::kind::input, "input " + in_quotes(one.tensor)};
    from.layer = make_from(one.input);
    into.push_back(std::move(from));
  }
  lanes.clear();
}

std::vector<io::error> follower::refusals() {
  std::vector<io::error> all;
  refused = &all;
  try {
    run();
  } catch (const io::error& why) {
    all.push_back(why);
  }
  refused = nullptr;
  std::vector<io::error> in_order;
  for (const node* of : needed) // a node is known by its title
    for (const io::error& why : all)
      if (why.part() == of->title())
        in_order.push_back(why);
  for (const io::error& why : all)
    if (std::none_of(needed.begin(), needed.end(), [&](const node* of) { return why.part() == of->title(); }))
      in_order.push_back(why);
  return in_order;
}

void follower::skip(const io::error& why, const node& of) {
  constexpr std::size_t most = 1000;
  const std::size_t size = of.op == "Outputs" ? 0 : value(of.outputs[0]).size();
  if (!refused || size == 0 || size % batch || refused->size() >= most)
    throw io::error(why);
  const auto same = [&](const io::error& one) { return one.part() == why.part() && one.found() == why.found(); };
  if (std::none_of(refused->begin(), refused->end(), same))
    refused->push_back(why);
  lanes.clear();
  if (size % samples)
    samples = batch, time_steps = 0;
  if (move_behind_recurrent(*this, of))
    return;
  current = of.outputs[0], features = size / samples, image = false;
  where.resize(size);
  for (std::size_t at = 0; at < size; ++at)
    where[at] = at;
}

void follower::take(const way& on) {
  if (recognize_nodes(*this, on))
    return;
  if (on.next.size() > 1)
    take_branches(*this, on.end, on.into);
  else if (!recognize_node(*this, on))
    refuse(*this, *on.next[0]);
}

void follower::follow(const std::string& end, std::vector<step>& into) {
  constexpr std::size_t most = 100'000;
  auto between = this->between(end);
  const auto used = [&](const std::string& name) {
    nodes_t of;
    for (const node* user : users(name))
      if (std::find(between.begin(), between.end(), user) != between.end())
        of.push_back(user);
    return of;
  };
  while (current != end) {
    if (++steps_so_far > most)
      throw io::error(model.file, "", "a graph of at most " + std::to_string(most) + " steps", "more");
    if (!lanes.empty()) {
      std::vector<const lane*> needed_here;
      for (const lane& one : lanes)
        if (one.tensor == end || !used(one.tensor).empty())
          needed_here.push_back(&one);
      if (needed_here.size() == 1) {
        const lane only = *needed_here[0];
        enter(only, into);
        continue;
      }
      if (needed_here.empty())
        throw io::error(model.file, in_quotes(end), "an input of the model that leads to it", "none");
    }
    const way on{end, between, lanes.empty() ? used(current) : nodes_t(), into};
    if (lanes.empty() && on.next.empty())
      throw io::error(model.file, in_quotes(current), "nodes that lead to " + in_quotes(end), "none");
    const position before = *this;
    try {
      if (lanes.empty())
        take(on);
      else
        take_branches(*this, end, into);
      end_at_last_step(*this, into);
    } catch (const io::error& why) {
      static_cast<position&>(*this) = before;
      skip(why, on.next.size() == 1 ? *on.next[0] : meeting_of(*this, end));
    }
    if (!before.lanes.empty() || !lanes.empty())
      between = this->between(end);
  }
}

} // namespace inlay::onnx
