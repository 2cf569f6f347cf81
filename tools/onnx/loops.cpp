#include "loops.hpp"

#include "interpreter/evaluate.hpp"
#include "interpreter/operator/recurrent.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace inlay::onnx {

namespace {

/// One RNN: the tensor whose steps it takes, its matrix and bias, and the nodes that give the state of each step.
struct loop {
  std::string x, matrix, bias, activation;
  std::vector<std::size_t> states;
};

class loop_finder {
public:
  loop_finder(graph& model, const std::map<std::string, tensor>& values)
      : model(model), values(values), varies(varying(model, values)) {
    for (std::size_t k = 0; k < model.nodes.size(); ++k) {
      made_by[model.nodes[k].outputs[0]] = k;
      for (const auto& name : std::set<std::string>(model.nodes[k].inputs.begin(), model.nodes[k].inputs.end()))
        used_by[name].push_back(k);
    }
  }

  void run() {
    std::vector<loop> all;
    for (const node& of : model.nodes)
      if (auto found = loop_from(of))
        all.push_back(std::move(*found));
    std::set<std::size_t> dead;
    for (const loop& one : all)
      roll(one, dead);
    if (!all.empty())
      rebuild(std::move(dead));
  }

private:
  const tensor& value(const std::string& name) const { return values.at(name); }
  bool is_constant(const std::string& name) { return !varies[name] && values.contains(name); }

  /// The node that is the only one to use a tensor.
  const node* user_of(const std::string& name) {
    const auto& users = used_by[name];
    return users.size() == 1 ? &model.nodes[users[0]] : nullptr;
  }

  /// From a product of a state that is zero.
  std::optional<loop> loop_from(const node& first) {
    if (first.operation() != "MatMul" || !is_constant(first.inputs[0]) || !is_constant(first.inputs[1]))
      return {};
    const tensor &begin = value(first.inputs[0]), &r = value(first.inputs[1]);
    if (std::any_of(begin.values.begin(), begin.values.end(), [](double one) { return one != 0; }) || begin.rank() != 3 ||
        begin.shape[0] != 1 || r.rank() != 2 || r.shape[0] != r.shape[1])
      return {};
    loop found{.x = {}, .matrix = first.inputs[1], .bias = {}, .activation = {}, .states = {}};
    for (const node* product = &first; product;) {
      const node* state = add_step(*product, found);
      if (!state)
        return {};
      product = nullptr;
      for (const std::size_t user : used_by[state->outputs[0]]) {
        const node& next = model.nodes[user];
        if (next.operation() == "MatMul" && next.inputs[0] == state->outputs[0] && next.inputs[1] == found.matrix)
          product = &next;
      }
    }
    const tensor& x = value(found.x);
    return found.states.size() > 1 && x.shape[0] == static_cast<std::int64_t>(found.states.size()) ? std::optional(found) : std::nullopt;
  }

  /// From the product of a step to its state; null where it is none.
  const node* add_step(const node& product, loop& into) {
    std::string sum = product.outputs[0], bias, x;
    const node* of = user_of(sum);
    for (; of && of->operation() == "Add"; sum = of->outputs[0], of = user_of(sum)) {
      const std::string& other = of->inputs[of->inputs[0] == sum ? 1 : 0];
      std::string& is = is_constant(other) ? bias : x;
      if (!is.empty())
        return nullptr;
      is = other;
    }
    const std::size_t t = into.states.size();
    const bool first = t == 0;
    if (!of || x.empty() || !is_activation(*of) || (!first && (of->op != into.activation || bias != into.bias)))
      return nullptr;
    const std::string whole = whole_of(x);
    if (whole.empty() || (!first && whole != into.x) || !is_step(x, whole, t) ||
        (!bias.empty() && value(bias).shape != std::vector<std::int64_t>{value(into.matrix).shape[0]}))
      return nullptr;
    into.x = whole, into.bias = bias, into.activation = of->op;
    into.states.push_back(made_by.at(of->outputs[0]));
    return of;
  }
  static bool is_activation(const node& of) {
    node named = of;
    named.attributes["activations"].text = of.op;
    return of.domain.empty() && of.attributes.empty() && operators::activation_of_rnn(named, 0);
  }
  /// The tensor that a step is of.
  std::string whole_of(std::string name) {
    static const std::set<std::string> moving{"Squeeze", "Unsqueeze", "Reshape", "Identity"};
    while (made_by.contains(name) && !model.nodes[made_by[name]].inputs.empty()) {
      const node& of = model.nodes[made_by[name]];
      name = of.inputs[0];
      if (of.operation() == "Slice" || of.operation() == "Gather")
        return value(name).rank() == 3 ? name : "";
      if (!moving.contains(of.operation()))
        break;
    }
    return {};
  }
  bool is_step(const std::string& name, const std::string& whole, std::size_t t) const {
    const auto &step = value(name).values, &all = value(whole).values;
    const std::size_t first = t * step.size();
    return !step.empty() && first + step.size() <= all.size() &&
           std::equal(step.begin(), step.end(), all.begin() + static_cast<std::ptrdiff_t>(first));
  }

  std::string constant(const std::string& name, std::vector<std::int64_t> shape, std::vector<double> numbers) {
    model.constants[name] = {std::move(shape), std::move(numbers)};
    return name;
  }
  /// As [1][columns][rows].
  std::string transposed(const std::string& name, const tensor& of) {
    std::vector<double> numbers;
    for (std::int64_t c = 0; c < of.shape[1]; ++c)
      for (std::int64_t r = 0; r < of.shape[0]; ++r)
        numbers.push_back(of.values[static_cast<std::size_t>(r * of.shape[1] + c)]);
    return constant(name, {1, of.shape[1], of.shape[0]}, std::move(numbers));
  }

  /// W x + b of all steps at once, if x is that: its x, W and b.
  struct input_map {
    std::string x, w, b;
  };
  input_map map_of(const std::string& x) {
    const auto made = [&](const std::string& name, const char* operation) {
      const auto found = made_by.find(name);
      return found != made_by.end() && model.nodes[found->second].operation() == operation ? &model.nodes[found->second] : nullptr;
    };
    const node* sum = made(x, "Add");
    const std::size_t of_bias = sum && is_constant(sum->inputs[0]) ? 0 : 1;
    const node* product = made(sum ? sum->inputs[1 - of_bias] : x, "MatMul");
    const auto units = value(x).shape[2];
    if (!product || !is_constant(product->inputs[1]) || value(product->inputs[1]).rank() != 2 || value(product->inputs[0]).rank() != 3 ||
        (sum && (!is_constant(sum->inputs[of_bias]) || value(sum->inputs[of_bias]).shape != std::vector<std::int64_t>{units})))
      return {};
    return {product->inputs[0], product->inputs[1], sum ? sum->inputs[of_bias] : ""};
  }

  /// The tensor of which this one has the steps in reverse, or nothing.
  std::string reversed(const std::string& x) {
    const auto found = made_by.find(x);
    if (found == made_by.end() || model.nodes[found->second].operation() != "Slice")
      return {};
    const std::string& from = model.nodes[found->second].inputs[0];
    const tensor &a = value(from), &b = value(x);
    if (a.shape != b.shape)
      return {};
    const std::size_t steps = static_cast<std::size_t>(a.shape[0]), each = a.size() / steps;
    for (std::size_t at = 0; at < a.size(); ++at)
      if (a.values[at] != b.values[(steps - 1 - at / each) * each + at % each])
        return {};
    return from;
  }

  void roll(const loop& of, std::set<std::size_t>& dead) {
    const node& last = model.nodes[of.states.back()];
    const std::string prefix = last.outputs[0] + "/loop/";
    const auto units = value(of.matrix).shape[0];
    const auto n = static_cast<std::size_t>(units);
    const std::string turned = reversed(of.x);
    const std::string x = turned.empty() ? of.x : turned;
    const input_map map = map_of(x);
    tensor identity{{units, units}, std::vector<double>(n * n, 0)};
    for (std::size_t k = 0; k < n; ++k)
      identity.values[k * n + k] = 1;
    std::vector<double> biases(2 * n, 0);
    for (const auto& [name, first] : {std::pair(map.b, std::size_t(0)), std::pair(of.bias, n)})
      for (std::size_t k = 0; !name.empty() && k < n; ++k)
        biases[first + k] = value(name).values[k];
    node rnn{.name = last.name,
             .op = "RNN",
             .domain = "",
             .inputs = {map.x.empty() ? x : map.x, transposed(prefix + "w", map.w.empty() ? identity : value(map.w)),
                        transposed(prefix + "r", value(of.matrix)), constant(prefix + "b", {1, 2 * units}, std::move(biases))},
             .outputs = {prefix + "y"},
             .attributes = {}};
    rnn.attributes["hidden_size"].number = static_cast<double>(units);
    rnn.attributes["activations"].text = of.activation;
    if (!turned.empty())
      rnn.attributes["direction"].text = "reverse";
    rnn.parts = 2;
    auto& here = in_place_of[of.states.back()];
    here.push_back(rnn);
    rnn.outputs = last.outputs, rnn.which = 1; // the last state, [1, batch, units]
    here.push_back(rnn);
    dead.insert(of.states.back());
    for (const std::size_t user : used_by[last.outputs[0]]) {
      const node& all = model.nodes[user];
      std::vector<std::string> states;
      for (const std::size_t state : of.states)
        states.push_back(model.nodes[state].outputs[0]);
      if (!turned.empty())
        std::reverse(states.begin(), states.end());
      if (all.operation() != "Concat" || all.inputs != states || all.number("axis", 0) != 0)
        continue;
      node squeeze{.name = all.name, .op = "Squeeze", .domain = "", .inputs = {prefix + "y"}, .outputs = all.outputs, .attributes = {}};
      squeeze.attributes["axes"].numbers = {1};
      in_place_of[user] = {squeeze};
      dead.insert(user);
    }
  }

  /// The nodes that are wanted.
  void rebuild(std::set<std::size_t> dead) {
    std::set<std::string> wanted;
    for (const port& output : model.outputs)
      wanted.insert(output.name);
    std::vector<node> backwards;
    const auto keep = [&](const node& of) {
      if (!wanted.contains(of.outputs[0]))
        return;
      wanted.insert(of.inputs.begin(), of.inputs.end());
      backwards.push_back(of);
    };
    for (std::size_t k = model.nodes.size(); k-- > 0;) {
      if (const auto found = in_place_of.find(k); found != in_place_of.end())
        std::for_each(found->second.rbegin(), found->second.rend(), keep);
      if (!dead.contains(k))
        keep(model.nodes[k]);
    }
    model.nodes.assign(backwards.rbegin(), backwards.rend());
  }

  graph& model;
  const std::map<std::string, tensor>& values;
  std::map<std::string, bool> varies;
  std::map<std::string, std::size_t> made_by;
  std::map<std::string, std::vector<std::size_t>> used_by;
  std::map<std::size_t, std::vector<node>> in_place_of;
};

} // namespace

void roll_loops(graph& model, const std::map<std::string, tensor>& values) { loop_finder(model, values).run(); }

bool may_have_loops(const graph& model) {
  std::set<std::string> matrices;
  return model.inputs.size() == 1 && model.inputs[0].shape.size() == 3 &&
         std::any_of(model.nodes.begin(), model.nodes.end(), [&](const node& of) {
           return of.operation() == "MatMul" && of.inputs.size() == 2 && !matrices.insert(of.inputs[1]).second;
         });
}

} // namespace inlay::onnx
