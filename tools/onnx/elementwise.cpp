#include "evaluate.hpp"

#include <algorithm>
#include <cmath>

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

} // namespace

bool is_elementwise(const node& of) {
  return of.domain.empty() &&
         (unary_operators().contains(of.op) || operators_of_several().contains(of.op) || of.op == "Clip");
}

std::optional<double> evaluate_element(const node& of, std::int64_t, std::span<const double> x) {
  if (of.op == "Clip") { // bounds that are left out come as infinities
    if (x.size() != 3)
      return {};
    return minimum(maximum(x[0], x[1]), x[2]);
  }
  if (const auto found = unary_operators().find(of.op); found != unary_operators().end()) {
    if (x.size() != 1)
      return {};
    return found->second(x[0], of);
  }
  const auto found = operators_of_several().find(of.op);
  if (found == operators_of_several().end() || x.empty() ||
      (found->second.first && found->second.first != x.size()))
    return {};
  return found->second.second(x);
}

} // namespace inlay::onnx
