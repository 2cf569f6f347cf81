#include "interpreter/elementwise.hpp"

namespace inlay::onnx {

operands_t all_inputs(const computation& c) {
  operands_t operands;
  for (std::size_t i = 0; i < c.inputs.size(); ++i)
    operands.push_back(&c.input(i));
  return operands;
}

tensor each_element(const computation& c, const operands_t& operands, std::size_t count,
                    const std::function<double(elements_t)>& function) {
  shape_t shape;
  bool floating = false;
  for (const tensor* operand : operands)
    shape = c.broadcast(shape, operand->shape), floating |= operand->floating;
  tensor result = c.make(shape, floating);
  if (result.size() && (operands.empty() || (count && count != operands.size())))
    c.fail("as many inputs as the operator has", std::to_string(operands.size()));
  std::vector<double> x(operands.size());
  shape_t index(shape.size(), 0);
  for (double& value : result.values) {
    for (std::size_t k = 0; k < x.size(); ++k)
      x[k] = operands[k]->values[place(index, operands[k]->shape)];
    value = function(x);
    advance(index, shape);
  }
  return result;
}

namespace {

operator_row row(const char* operation, std::size_t count, const std::function<double(elements_t)>& function) {
  return {operation,
          {},
          [=](const computation& c) { return each_element(c, all_inputs(c), count, function); },
          computed_by::element};
}

} // namespace

operator_row unary(const char* operation, double (*function)(double)) {
  return row(operation, 1, [=](elements_t x) { return function(x[0]); });
}

operator_row unary(const char* operation, std::vector<const char*> attributes,
                   double (*function)(double, const node&)) {
  const auto compute = [=](const computation& c) {
    return each_element(c, all_inputs(c), 1, [&](elements_t x) { return function(x[0], c.of); });
  };
  return {operation, std::move(attributes), compute, computed_by::element};
}

operator_row binary(const char* operation, double (*function)(double, double)) {
  return row(operation, 2, [=](elements_t x) { return function(x[0], x[1]); });
}

operator_row ternary(const char* operation, double (*function)(double, double, double)) {
  return row(operation, 3, [=](elements_t x) { return function(x[0], x[1], x[2]); });
}

operator_row variadic(const char* operation, double (*function)(elements_t)) { return row(operation, 0, function); }

} // namespace inlay::onnx
