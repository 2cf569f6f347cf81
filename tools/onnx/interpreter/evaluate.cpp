#include "interpreter/evaluate.hpp"

#include "interpreter/operators.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

using io::detail::in_quotes;

void check_operator(const graph& model, const node& of) {
  if (!find_operator(of))
    throw io::error(model.file, of.title(), "an operator of which a net of inlay's layers is made",
                    of.op.empty() ? "none" : io::detail::printable(of.operation()));
  if (of.which >= find_operator(of)->outputs)
    throw io::error(model.file, of.title(), "its first output to be used", "another one used");
  if (of.refused)
    throw io::error(*of.refused);
}

tensor evaluate(const graph& model, const node& of, const std::vector<const tensor*>& inputs) {
  check_operator(model, of);
  const computation one{model, of, inputs};
  const operator_row& known = *find_operator(of);
  one.check_attributes(known.attributes);
  return known.compute(one);
}

std::map<std::string, tensor> evaluate(const graph& model, std::map<std::string, tensor> values) {
  for (const auto& [name, value] : model.constants)
    values.emplace(name, value);
  std::size_t elements = 0;
  for (const node& of : model.nodes) {
    std::vector<const tensor*> inputs;
    for (const auto& name : of.inputs) {
      const auto found = values.find(name);
      if (!name.empty() && found == values.end())
        throw io::error(model.file, of.title(), "a value of " + in_quotes(name), "none");
      inputs.push_back(name.empty() ? nullptr : &found->second);
    }
    auto result = evaluate(model, of, inputs);
    elements += result.size();
    if (elements > model.element_limit)
      throw io::error(model.file, of.title(),
                      "at most " + std::to_string(model.element_limit) + " elements in all results together", "more");
    values.insert_or_assign(of.outputs[0], std::move(result));
  }
  return values;
}

std::map<std::string, bool> varying(const graph& model, const std::map<std::string, tensor>& values) {
  std::map<std::string, bool> varies;
  for (const auto& input : model.inputs)
    varies[input.name] = true;
  const auto zero = [&](const std::string& name) {
    const auto found = values.find(name);
    return !varies[name] && found != values.end() &&
           std::all_of(found->second.values.begin(), found->second.values.end(), [](double value) { return value == 0; });
  };
  for (const node& of : model.nodes) {
    bool any = false;
    for (const auto& input : of.inputs)
      any |= varies[input] && (of.op != "CastLike" || &input == &of.inputs[0]); // the other is there for its type
    any = any && of.op != "Shape" && of.op != "RandomNormalLike" && of.op != "ConstantOfShape" &&
          (of.op != "Mul" || std::none_of(of.inputs.begin(), of.inputs.end(), zero));
    for (const auto& output : of.outputs)
      varies[output] = any;
  }
  return varies;
}

} // namespace inlay::onnx
