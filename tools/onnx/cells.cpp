#include "cells.hpp"

#include "interpreter/operator/recurrent.hpp"

#include <algorithm>

namespace inlay::onnx {

namespace {

/// The nodes of one step.
class cell {
public:
  cell(graph& model, const std::map<std::string, tensor>& values, const node& of, std::size_t number)
      : model(model), values(values), of(of), prefix(of.outputs[0] + "/step" + std::to_string(number) + "/") {}

  bool one_step() const {
    const bool forward = of.text("direction", "forward") == "forward";
    const tensor* x = find(0);
    return forward && of.number("layout", 0) == 0 && x && x->rank() == 3 && x->shape[0] == 1 && of.inputs.size() > 2 && find(1) && find(2) &&
           find(2)->rank() == 3 && find(2)->shape[0] == 1 && is_constant(of.inputs[1]) && is_constant(of.inputs[2]) &&
           (of.inputs.size() < 4 || is_constant(of.inputs[3])) && (of.inputs.size() < 5 || of.inputs[4].empty());
  }

  /// h, and of an LSTM c, as [samples][units].
  std::pair<std::string, std::string> lstm() {
    const std::string z = dense({0, 1, 2, 3}), i = sigmoid(part(z, 0, 4)), o = sigmoid(part(z, 1, 4)),
                      f = sigmoid(part(z, 2, 4));
    std::string c = add("Mul", {i, add("Tanh", {part(z, 3, 4)})});
    if (has(6))
      c = add("Add", {add("Mul", {f, row(6)}), c});
    return {add("Mul", {o, add("Tanh", {c})}), c};
  }
  std::pair<std::string, std::string> gru() {
    const std::string zr = sigmoid(dense({0, 1})), z = part(zr, 0, 2), r = part(zr, 1, 2);
    std::string n;
    if (of.number("linear_before_reset", 0) != 0)
      n = add("Add", {product(row(0), weights(1, {2}), biases({2}, true, false)),
                      add("Mul", {r, has(5) ? product(row(5), weights(2, {2}), biases({2}, false, true))
                                            : biases({2}, false, true)})});
    else if (has(5))
      n = product(concat(row(0), add("Mul", {r, row(5)})), both({2}), biases({2}, true, true));
    else
      n = product(row(0), weights(1, {2}), biases({2}, true, true));
    n = add("Tanh", {n});
    const std::string one = constant({{}, {1}});
    std::string h = add("Mul", {add("Sub", {one, z}), n});
    if (has(5))
      h = add("Add", {h, add("Mul", {z, row(5)})});
    return {h, ""};
  }
  std::pair<std::string, std::string> rnn() { return {add(operators::activation_of_rnn(of, 0)->operation, {dense({0})}), ""}; }

  /// The node's output `which` of the result.
  void give(const std::string& from, const node& output) {
    nodes.push_back(
        {.name = output.name, .op = "Unsqueeze", .domain = "", .inputs = {from}, .outputs = output.outputs, .attributes = {}});
    nodes.back().attributes["axes"].numbers = output.which == 0 ? std::vector<double>{0, 1} : std::vector<double>{0};
  }

  std::vector<node> nodes;

private:
  using gates_t = std::vector<std::size_t>;

  const tensor* find(std::size_t input) const {
    const auto found = input < of.inputs.size() ? values.find(of.inputs[input]) : values.end();
    return found == values.end() ? nullptr : &found->second;
  }
  bool is_constant(const std::string& name) const {
    return name.empty() || model.constants.contains(name) || made_by_constant(name);
  }
  bool made_by_constant(const std::string& name) const {
    return std::any_of(model.nodes.begin(), model.nodes.end(), [&](const node& one) {
      return one.outputs[0] == name &&
             std::all_of(one.inputs.begin(), one.inputs.end(), [&](auto& input) { return model.constants.contains(input); });
    });
  }
  bool has(std::size_t input) const { return input < of.inputs.size() && !of.inputs[input].empty(); }

  std::string add(const char* op, std::vector<std::string> inputs) {
    const std::string name = prefix + std::to_string(nodes.size());
    nodes.push_back(
        {.name = of.name, .op = op, .domain = "", .inputs = std::move(inputs), .outputs = {name}, .attributes = {}});
    return name;
  }
  std::string constant(tensor value) {
    const std::string name = prefix + "constant" + std::to_string(constants++);
    model.constants.emplace(name, std::move(value));
    return name;
  }
  std::string sigmoid(const std::string& x) { return add("Sigmoid", {x}); }
  /// An input without its axis of steps or directions.
  std::string row(std::size_t input) {
    auto& known = rows[input];
    if (known.empty()) {
      known = add("Squeeze", {of.inputs[input]});
      nodes.back().attributes["axes"].numbers = {0};
    }
    return known;
  }
  std::string part(const std::string& z, std::size_t k, std::size_t parts) {
    const std::string name = add("Split", {z});
    nodes.back().attributes["axis"].number = 1;
    nodes.back().which = k, nodes.back().parts = parts;
    return name;
  }
  std::string concat(const std::string& a, const std::string& b) {
    const std::string name = add("Concat", {a, b});
    nodes.back().attributes["axis"].number = 1;
    return name;
  }
  std::string product(const std::string& x, const std::string& w, const std::string& b) {
    const std::string name = add("Gemm", {x, w, b});
    nodes.back().attributes["transB"].number = 1;
    return name;
  }
  std::size_t units() const { return static_cast<std::size_t>(find(2)->shape[2]); }

  /// Rows of W (1) or R (2) of these gates.
  tensor rows_of(std::size_t input, const gates_t& gates) const {
    const tensor& from = *find(input);
    const auto columns = static_cast<std::size_t>(from.shape[2]);
    tensor w{{static_cast<std::int64_t>(gates.size() * units()), from.shape[2]}, {}};
    for (const std::size_t gate : gates) {
      const auto first = from.values.begin() + static_cast<std::ptrdiff_t>(gate * units() * columns);
      w.values.insert(w.values.end(), first, first + static_cast<std::ptrdiff_t>(units() * columns));
    }
    return w;
  }
  std::string weights(std::size_t input, const gates_t& gates) { return constant(rows_of(input, gates)); }
  /// W and R side by side.
  std::string both(const gates_t& gates) {
    const tensor w = rows_of(1, gates), r = rows_of(2, gates);
    tensor all{{w.shape[0], w.shape[1] + r.shape[1]}, {}};
    for (std::size_t row = 0; row < static_cast<std::size_t>(w.shape[0]); ++row)
      for (const tensor* one : {&w, &r}) {
        const auto first = one->values.begin() + static_cast<std::ptrdiff_t>(row) * static_cast<std::ptrdiff_t>(one->shape[1]);
        all.values.insert(all.values.end(), first, first + static_cast<std::ptrdiff_t>(one->shape[1]));
      }
    return constant(std::move(all));
  }
  std::string biases(const gates_t& gates, bool of_w, bool of_r) {
    tensor b{{static_cast<std::int64_t>(gates.size() * units())}, {}};
    const tensor* given = find(3);
    const std::size_t all = given ? given->size() / 2 : 0;
    for (const std::size_t gate : gates)
      for (std::size_t k = gate * units(); k < (gate + 1) * units(); ++k)
        b.values.push_back(given ? (of_w ? given->values[k] : 0) + (of_r ? given->values[all + k] : 0) : 0);
    return constant(std::move(b));
  }
  std::string dense(const gates_t& gates) {
    return has(5) ? product(concat(row(0), row(5)), both(gates), biases(gates, true, true))
                  : product(row(0), weights(1, gates), biases(gates, true, true));
  }

  graph& model;
  const std::map<std::string, tensor>& values;
  const node of;
  std::string prefix;
  std::map<std::size_t, std::string> rows;
  std::size_t constants = 0;
};

} // namespace

void expand_cells(graph& model, const std::map<std::string, tensor>& values) {
  std::vector<node> nodes;
  std::map<std::vector<std::string>, std::pair<std::string, std::string>>
      known; // by its inputs: nodes for each output are of one
  for (const node& of : model.nodes) {
    cell one(model, values, of, nodes.size());
    if (!of.is_recurrent() || !one.one_step()) {
      nodes.push_back(of);
      continue;
    }
    auto& result = known[of.inputs];
    if (result.first.empty())
      result = of.op == "LSTM" ? one.lstm() : (of.op == "GRU" ? one.gru() : one.rnn());
    one.give(of.which == 2 ? result.second : result.first, of);
    nodes.insert(nodes.end(), one.nodes.begin(), one.nodes.end());
  }
  model.nodes = std::move(nodes);
}

} // namespace inlay::onnx
