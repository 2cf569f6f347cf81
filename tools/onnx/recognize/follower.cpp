#include "recognize/follower.hpp"

#include "interpreter/operators.hpp"
#include "recognize/function.hpp"

#include "inlay/io/detail/text.hpp"
#include "inlay/math/arithmetic.hpp"

#include <algorithm>
#include <set>

namespace inlay::onnx {

using io::detail::in_quotes;

follower::follower(const graph& model, const std::string& output, const std::vector<std::int64_t>& shape,
                   bool batch_last)
    : model(model), output(output), varies(varying(model)) {
  for (const node& of : model.nodes) {
    if (!varies[of.outputs[0]])
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
  if (!put_in_order(wanted, part, steps))
    throw io::error(model.file, part, "the features of a sample in their order, or transposed",
                    "a permutation of them");
}

follower::nodes_t follower::users(const std::string& name, const nodes_t& without) const {
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
    const auto next = users(current, without);
    if (next.empty())
      throw io::error(model.file, in_quotes(current), "nodes that lead to " + in_quotes(end), "none");
    if (take_activation(end, into, without) || take_complement(next, into) || take_residual(next, into))
      continue;
    const node& of = *next[0];
    if (next.size() > 1)
      fail(of, "a chain of layers, an activation or a sum with what went in (residual)",
           in_quotes(current) + " used also by " + next[1]->title() + ", in a way that is none of these");
    take(of, into);
  }
}

void follower::take(const node& of, std::vector<step>& into) {
  static const std::set<std::string> structural{"Reshape",  "Flatten", "Squeeze", "Unsqueeze", "Transpose",
                                                "Identity", "Dropout", "Cast",    "CastLike"};
  if (of.domain.empty() && structural.contains(of.op))
    return take_structure(of);
  if (of.domain.empty() && (of.op == "Gemm" || of.op == "MatMul"))
    return take_matrix(of, into);
  if (of.domain.empty() && of.op == "Conv")
    return take_convolution(of, into);
  if (of.domain.empty() && (of.op == "Softmax" || of.op == "LogSoftmax"))
    return take_softmax(of, into);
  if (take_scale(of, into) || take_bounds(of, into))
    return;
  const auto values = at_probes(of);
  if (const std::string spoilt = values ? spoilt_clamp(*values) : ""; !spoilt.empty())
    fail(of, "a function that inlay computes as exactly as a float can", spoilt);
  fail(of, "an operator that dense, conv1d, activation and residual layers are made of",
       is_elementwise(of)
           ? "a function that is none of inlay's activations (relu, leaky_relu, elu, celu, selu, sigmoid, tanh, gelu, "
             "gelu_tanh, silu, mish, softplus, softsign, hard_sigmoid, hard_tanh, hard_swish, a clamp, the larger or "
             "smaller of it and a constant)"
           : of.operation());
}

bool follower::take_residual(const nodes_t& next, std::vector<step>& into) {
  if (next.size() != 2)
    return false;
  for (const node* sum : next) {
    if (sum->op != "Add" || !sum->domain.empty() || sum->inputs.size() != 2)
      continue;
    const std::string inside = sum->inputs[0] == current ? sum->inputs[1] : sum->inputs[0];
    if (inside == current || !varies[inside])
      continue;
    const auto start_where = where;
    const auto start_features = features;
    const std::string start = current;
    step one{step::kind::residual, sum->title()};
    follow(inside, one.inner, {sum});
    if (value(start).shape != value(inside).shape || features != start_features ||
        !put_in_order(start_where, sum->title(), one.inner))
      fail(*sum, "a sum with what went in, in shape and order",
           text_of(value(start).shape) + " and " + text_of(value(inside).shape));
    into.push_back(std::move(one));
    move_on(*sum);
    return true;
  }
  return false;
}

} // namespace inlay::onnx
