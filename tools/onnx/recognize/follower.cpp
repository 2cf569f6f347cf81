#include "recognize/follower.hpp"

#include "recognize/order.hpp"
#include "recognize/recognizers.hpp"
#include "recognize/refusal.hpp"

#include "inlay/io/detail/text.hpp"
#include "inlay/math/arithmetic.hpp"

#include <algorithm>
#include <set>

namespace inlay::onnx {

using io::detail::in_quotes;

follower::follower(const graph& model, const std::string& output, const std::vector<std::int64_t>& shape,
                   bool batch_last)
    : model(model), output(output), varying_tensors(varying(model)) {
  for (const node& of : model.nodes) {
    if (!varies(of.outputs[0]))
      continue;
    needed.push_back(&of);
    for (const auto& name : std::set<std::string>(of.inputs.begin(), of.inputs.end()))
      uses[name].push_back(&of);
  }
  tensor x{shape, {}};
  std::size_t elements = 1;
  for (const auto extent : shape)
    elements *= static_cast<std::size_t>(extent);
  samples = shape.size() < 2 ? 1 : static_cast<std::size_t>(batch_last ? shape.back() : shape[0]);
  features = elements / samples;
  for (std::size_t at = 0; at < elements; ++at)
    x.values.push_back(static_cast<double>(at % 7) * 0.25 - 0.6);
  values = evaluate(model, {{model.inputs[0].name, x}});
  current = model.inputs[0].name;
  for (std::size_t at = 0; at < elements; ++at)
    where.push_back(batch_last ? at % samples * features + at / samples : at);
  input_where = where;
  for (std::size_t d = 0; d < shape.size(); ++d)
    if (shape.size() < 2 || d != (batch_last ? shape.size() - 1 : 0))
      input_shape.push_back(static_cast<std::size_t>(shape[d]));
  if (input_shape.empty())
    input_shape = {1};
  input_features = features;
}

void follower::run() {
  follow(output, steps, {});
  std::vector<std::size_t> next(samples, 0), wanted;
  for (const std::size_t at : where)
    wanted.push_back(at / features * features + next[at / features]++);
  const std::string part = "output " + in_quotes(output);
  if (!put_in_order(*this, wanted, part, steps))
    throw io::error(model.file, part, "the features of a sample in their order, or transposed",
                    "a permutation of them");
}

bool follower::varies(const std::string& name) const {
  const auto found = varying_tensors.find(name);
  return found != varying_tensors.end() && found->second;
}

nodes_t follower::users(const std::string& name, const nodes_t& without) const {
  nodes_t found;
  if (const auto all = uses.find(name); all != uses.end())
    for (const node* of : all->second)
      if (std::find(without.begin(), without.end(), of) == without.end())
        found.push_back(of);
  return found;
}

tensor follower::broadcast(const node& of, const std::string& name) const {
  const tensor& to = value(of.outputs[0]);
  const tensor zero{to.shape, std::vector<double>(to.size(), 0)};
  parameters(of, name);
  const node sum{.name = of.name, .op = "Add", .domain = "", .inputs = {}, .outputs = {}, .attributes = {}};
  return evaluate(model, sum, {&zero, &value(name)});
}

const tensor& follower::parameters(const node& of, const std::string& name) const {
  const tensor& found = value(name);
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!math::is_finite(found.values[i]))
      throw io::error(model.file, "tensor " + in_quotes(name) + ", element " + std::to_string(i),
                      "a finite number, as " + of.title() + " makes parameters of it",
                      io::detail::text_of(found.values[i]));
  return found;
}

void follower::move_on(const node& of) {
  current = of.outputs[0];
  if (features == 0)
    fail(of, "a result of at least one element", "an empty one");
}

void follower::follow(const std::string& end, std::vector<step>& into, const nodes_t& without) {
  while (current != end) {
    const way on{end, without, users(current, without), into};
    if (on.next.empty())
      throw io::error(model.file, in_quotes(current), "nodes that lead to " + in_quotes(end), "none");
    if (recognize_nodes(*this, on))
      continue;
    const node& of = *on.next[0];
    if (on.next.size() > 1)
      fail(of, "a chain of layers, an activation or a sum with what went in (residual)",
           in_quotes(current) + " used also by " + on.next[1]->title() + ", in a way that is none of these");
    if (!recognize_node(*this, on))
      refuse(*this, of);
  }
}

} // namespace inlay::onnx
