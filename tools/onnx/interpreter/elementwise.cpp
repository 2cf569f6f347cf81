#include "interpreter/operators.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace inlay::onnx {

namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }
// As ONNX defines them: a NaN stays one.
double minimum(double x, double bound) { return x > bound ? bound : x; }
double maximum(double x, double bound) { return x < bound ? bound : x; }

using unary = double (*)(double x, const node& of);

/// ONNX's operators of one input, with their attributes' defaults: https://onnx.ai/onnx/operators.
const std::map<std::string, unary>& unary_operators() {
  static const std::map<std::string, unary> all{
      {"Identity", [](double x, const node&) { return x; }},
      {"Neg", [](double x, const node&) { return -x; }},
      {"Abs", [](double x, const node&) { return std::abs(x); }},
      {"Exp", [](double x, const node&) { return std::exp(x); }},
      {"Log", [](double x, const node&) { return std::log(x); }},
      {"Sqrt", [](double x, const node&) { return std::sqrt(x); }},
      {"Reciprocal", [](double x, const node&) { return 1 / x; }},
      {"Erf", [](double x, const node&) { return std::erf(x); }},
      {"Tanh", [](double x, const node&) { return std::tanh(x); }},
      {"Sigmoid", [](double x, const node&) { return sigmoid(x); }},
      {"Relu", [](double x, const node&) { return maximum(x, 0); }},
      {"Softplus", [](double x, const node&) { return softplus(x); }},
      {"Softsign", [](double x, const node&) { return x / (1 + std::abs(x)); }},
      {"Mish", [](double x, const node&) { return x * std::tanh(softplus(x)); }},
      {"HardSwish", [](double x, const node&) { return x * minimum(maximum(x / 6 + 0.5, 0), 1); }},
      {"Not", [](double x, const node&) { return x == 0 ? 1.0 : 0.0; }},
      {"LeakyRelu", [](double x, const node& of) { return x < 0 ? of.number("alpha", 0.01) * x : x; }},
      {"Elu", [](double x, const node& of) { return x < 0 ? of.number("alpha", 1) * std::expm1(x) : x; }},
      {"Celu",
       [](double x, const node& of) {
         const double alpha = of.number("alpha", 1);
         return maximum(x, 0) + minimum(alpha * std::expm1(x / alpha), 0);
       }},
      {"Selu",
       [](double x, const node& of) {
         const double alpha = of.number("alpha", 1.67326319217681884765625),
                      gamma = of.number("gamma", 1.05070102214813232421875);
         return gamma * (x > 0 ? x : alpha * std::expm1(x));
       }},
      {"ThresholdedRelu", [](double x, const node& of) { return x > of.number("alpha", 1) ? x : 0; }},
      {"HardSigmoid",
       [](double x, const node& of) {
         return minimum(maximum(of.number("alpha", 0.2) * x + of.number("beta", 0.5), 0), 1);
       }},
      {"Gelu",
       [](double x, const node& of) {
         if (of.text("approximate", "none") == "none")
           return x * 0.5 * std::erfc(-x / std::sqrt(2.0));
         return x * sigmoid(2 * std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x));
       }},
  };
  return all;
}

using several = double (*)(std::span<const double> x);

const std::map<std::string, std::pair<std::size_t, several>>& operators_of_several() {
  static const std::map<std::string, std::pair<std::size_t, several>> all{
      {"Add", {2, [](std::span<const double> x) { return x[0] + x[1]; }}},
      {"Sub", {2, [](std::span<const double> x) { return x[0] - x[1]; }}},
      {"Mul", {2, [](std::span<const double> x) { return x[0] * x[1]; }}},
      {"Div", {2, [](std::span<const double> x) { return x[0] / x[1]; }}},
      {"Pow", {2, [](std::span<const double> x) { return std::pow(x[0], x[1]); }}},
      {"PRelu", {2, [](std::span<const double> x) { return x[0] < 0 ? x[1] * x[0] : x[0]; }}},
      {"Greater", {2, [](std::span<const double> x) { return x[0] > x[1] ? 1.0 : 0.0; }}},
      {"Less", {2, [](std::span<const double> x) { return x[0] < x[1] ? 1.0 : 0.0; }}},
      {"GreaterOrEqual", {2, [](std::span<const double> x) { return x[0] >= x[1] ? 1.0 : 0.0; }}},
      {"LessOrEqual", {2, [](std::span<const double> x) { return x[0] <= x[1] ? 1.0 : 0.0; }}},
      {"Equal", {2, [](std::span<const double> x) { return x[0] == x[1] ? 1.0 : 0.0; }}},
      {"And", {2, [](std::span<const double> x) { return x[0] != 0 && x[1] != 0 ? 1.0 : 0.0; }}},
      {"Or", {2, [](std::span<const double> x) { return x[0] != 0 || x[1] != 0 ? 1.0 : 0.0; }}},
      {"Where", {3, [](std::span<const double> x) { return x[0] != 0 ? x[1] : x[2]; }}},
      {"Min",
       {0,
        [](std::span<const double> x) {
          double least = x[0];
          for (const double value : x)
            least = minimum(least, value);
          return least;
        }}},
      {"Max",
       {0,
        [](std::span<const double> x) {
          double most = x[0];
          for (const double value : x)
            most = maximum(most, value);
          return most;
        }}},
      {"Sum",
       {0,
        [](std::span<const double> x) {
          double sum = 0;
          for (const double value : x)
            sum += value;
          return sum;
        }}},
  };
  return all;
}

/// The attributes that an operator of this kind has.
std::vector<const char*> attributes_of(const std::string& op, std::int64_t opset) {
  if (op == "LeakyRelu" || op == "Elu" || op == "Celu" || op == "ThresholdedRelu")
    return {"alpha"};
  if (op == "Selu")
    return {"alpha", "gamma"};
  if (op == "HardSigmoid")
    return {"alpha", "beta"};
  if (op == "Gelu")
    return {"approximate"};
  if (op == "Clip" && opset < 11) // its bounds became inputs then
    return {"min", "max"};
  return {};
}

/// One element; nothing, if the operator has another number of inputs.
std::optional<double> element(const node& of, std::span<const double> x) {
  if (of.op == "Clip") // bounds that are left out come as infinities
    return x.size() == 3 ? std::optional(minimum(maximum(x[0], x[1]), x[2])) : std::nullopt;
  if (const auto found = unary_operators().find(of.op); found != unary_operators().end())
    return x.size() == 1 ? std::optional(found->second(x[0], of)) : std::nullopt;
  const auto& [count, function] = operators_of_several().at(of.op);
  return !x.empty() && (count == 0 || count == x.size()) ? std::optional(function(x)) : std::nullopt;
}

} // namespace

bool is_elementwise(const node& of) {
  return of.domain.empty() &&
         (unary_operators().contains(of.op) || operators_of_several().contains(of.op) || of.op == "Clip");
}

tensor elementwise(const computation& c) {
  c.check_attributes(attributes_of(c.of.op, c.model.opset));
  const tensor low = scalar(c.of.number("min", -HUGE_VAL)), high = scalar(c.of.number("max", HUGE_VAL));
  std::vector<const tensor*> operands;
  if (c.of.op == "Clip")
    operands = {&c.input(0), c.has(1) ? c.inputs[1] : &low, c.has(2) ? c.inputs[2] : &high};
  else
    for (std::size_t i = 0; i < c.inputs.size(); ++i)
      operands.push_back(&c.input(i));
  shape_t shape;
  bool floating = false;
  for (const tensor* operand : operands)
    shape = c.broadcast(shape, operand->shape), floating |= operand->floating;
  tensor result = c.make(shape, floating);
  std::vector<double> x(operands.size());
  shape_t index(shape.size(), 0);
  for (double& value : result.values) {
    for (std::size_t k = 0; k < x.size(); ++k)
      x[k] = operands[k]->values[place(index, operands[k]->shape)];
    const auto computed = element(c.of, x);
    if (!computed)
      c.fail("as many inputs as the operator has", std::to_string(x.size()));
    value = c.of.op == "Div" && !floating ? std::trunc(*computed) : *computed; // of extents, say
    advance(index, shape);
  }
  return result;
}

} // namespace inlay::onnx
