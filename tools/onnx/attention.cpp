#include "attention.hpp"

#include <cmath>
#include <iterator>

namespace inlay::onnx {

namespace {

/// The nodes of one Attention, as https://onnx.ai/onnx/operators/onnx__Attention.html defines it.
class spelling {
public:
  spelling(graph& model, const node& of) : model(model), of(of) {}

  std::vector<node> operator()() {
    const double heads = of.number("q_num_heads", 0); // of three axes; of four they have one of their own
    const std::string q = part(0, heads), k = part(1, heads), v = part(2, heads);
    std::string scores = add("MatMul", {q, add("Transpose", {k}, {{"perm", list({0, 1, 3, 2})}})});
    scores = add("Mul", {scores, scale(q)});
    if (of.inputs.size() > 3 && !of.inputs[3].empty())
      scores = masked(scores, of.inputs[3]);
    if (of.number("is_causal", 0) != 0) {
      const std::string ones = add("ConstantOfShape", {add("Shape", {scores})}, {{"value", value({{1}, {1}})}});
      scores = add("Where", {add("Trilu", {ones}, {{"upper", number(0)}}), scores, infinite()});
    }
    std::string y = add("MatMul", {add("Softmax", {scores}, {{"axis", number(-1)}}), v});
    if (heads > 0)
      y = add("Reshape", {add("Transpose", {y}, {{"perm", list({0, 2, 1, 3})}}), constant({{3}, {0, 0, -1}, false})});
    nodes.push_back({.name = of.name, .op = "Identity", .domain = "", .inputs = {y}, .outputs = {of.outputs[0]}, .attributes = {}});
    return std::move(nodes);
  }

private:
  using attributes_t = std::map<std::string, attribute>;
  static attribute number(double of) { return {.number = of, .numbers = {}, .text = {}, .value = {}}; }
  static attribute list(std::vector<double> of) { return {.number = {}, .numbers = std::move(of), .text = {}, .value = {}}; }
  static attribute value(tensor of) { return {.number = {}, .numbers = {}, .text = {}, .value = std::move(of)}; }

  std::string next() { return of.outputs[0] + "/" + std::to_string(count++); }
  std::string add(const char* op, std::vector<std::string> inputs, attributes_t attributes = {}) {
    nodes.push_back({.name = of.name.empty() ? "" : of.name + "/" + std::to_string(count), .op = op, .domain = "", .inputs = std::move(inputs), .outputs = {next()}, .attributes = std::move(attributes)});
    return nodes.back().outputs[0];
  }
  std::string constant(tensor of) { return model.constants.emplace(next(), std::move(of)).first->first; }
  std::string infinite() { return constant(scalar(-HUGE_VAL)); }

  /// [batch, heads, steps, own]
  std::string part(std::size_t k, double heads) {
    if (heads == 0)
      return of.inputs[k];
    const std::string apart = add("Reshape", {of.inputs[k], constant({{4}, {0, 0, heads, -1}, false})});
    return add("Transpose", {apart}, {{"perm", list({0, 2, 1, 3})}});
  }
  std::string scale(const std::string& q) {
    if (of.attributes.contains("scale"))
      return constant(scalar(of.number("scale", 1)));
    const std::string own = add("Gather", {add("Shape", {q}), constant({{}, {3}, false})});
    return add("Reciprocal", {add("Sqrt", {add("Cast", {own}, {{"to", number(1)}})})});
  }
  /// A mask of numbers is added, one of truth values says where.
  std::string masked(const std::string& scores, const std::string& mask) {
    const auto found = model.constants.find(mask);
    const bool adds = found == model.constants.end() || found->second.floating;
    return adds ? add("Add", {scores, mask}) : add("Where", {mask, scores, infinite()});
  }

  graph& model;
  const node& of;
  std::vector<node> nodes;
  std::size_t count = 0;
};

bool is_plain(const node& of) {
  if (of.operation() != "Attention" || of.inputs.size() < 3 || of.inputs.size() > 4 || of.outputs.empty() || of.refused)
    return false;
  for (std::size_t k = 1; k < of.outputs.size(); ++k)
    if (!of.outputs[k].empty())
      return false;
  return of.number("softcap", 0) == 0 && of.number("kv_num_heads", of.number("q_num_heads", 0)) == of.number("q_num_heads", 0);
}

} // namespace

void spell_out_attention(graph& model) {
  std::vector<node> nodes;
  for (node& of : model.nodes)
    if (is_plain(of)) {
      auto spelled = spelling(model, of)();
      nodes.insert(nodes.end(), std::make_move_iterator(spelled.begin()), std::make_move_iterator(spelled.end()));
    } else {
      nodes.push_back(std::move(of));
    }
  model.nodes = std::move(nodes);
}

} // namespace inlay::onnx
