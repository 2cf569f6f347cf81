#pragma once

#include "inlay/io/detail/activation_entry.hpp"
#include "inlay/io/detail/onnx_formula.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// Where number i of [rows][columns] is in [columns][rows].
constexpr std::size_t place_in_transpose(std::size_t i, std::size_t rows, std::size_t columns) noexcept {
  return i % columns * rows + i / columns;
}

/// The arithmetic of double precision, taken for exact.
struct exact {
  static constexpr bool rounds = false;
  double operator()(double value, double) const noexcept { return value; }
};

/// A sum of products as a chain of roundings in units of the roundoff u: its deviation. Each product and each weight
/// is rounded, and each partial sum, as large as it is in this order, or as products of random signs make it in
/// another.
class rounded_sum {
public:
  explicit rounded_sum(double bias) : sum(bias), squares(bias * bias) {}
  void add(double product) {
    sum += product, squares += product * product;
    deviation += (std::max)(sum * sum, squares) + 2 * product * product;
  }
  double operator()() const { return std::sqrt(deviation / 3); }

private:
  double sum, squares, deviation = 0;
};

/// What one layer computes of one sample x, before its σ; `inner` is what each branch within gives. Operator by operator of
/// its formula; a number that is a sum goes through `round(value, deviation)`.
template <class Round>
class layer_evaluation {
public:
  layer_evaluation(const layer_description& layer, const std::vector<double>& x, const std::vector<std::vector<double>>& inner, Round& round)
      : layer(layer), x(x), inner(inner), round(round) {}

  std::vector<double> operator()(const onnx_formula& formula) {
    if (!formula.is_operator)
      return named(formula.word);
    if (formula.word == "Flatten")
      return (*this)(formula.inputs[0]);
    if (formula.word == "Gemm")
      return product();
    if (formula.word == "Conv")
      return convolution();
    if (formula.word == "Slice")
      return narrowed((*this)(formula.inputs[0]));
    const auto inputs = inputs_of(formula);
    auto y = inputs[0];
    if (formula.word == "Transpose")
      return transposed(y);
    for (std::size_t k = 1; k < inputs.size(); ++k)
      if (formula.word == "Concat" || formula.word == "Outputs")
        y.insert(y.end(), inputs[k].begin(), inputs[k].end()); // features, or channels first
      else
        for (std::size_t i = 0; i < y.size(); ++i)
          y[i] = of_two(formula.word, y[i], inputs[k][i % inputs[k].size()]); // slopes along the last axis
    return y;
  }

private:
  /// `inner...` stands for what all branches give.
  std::vector<std::vector<double>> inputs_of(const onnx_formula& formula) {
    std::vector<std::vector<double>> inputs;
    for (const auto& input : formula.inputs)
      if (input.word == "inner...")
        inputs.insert(inputs.end(), inner.begin(), inner.end());
      else
        inputs.push_back((*this)(input));
    return inputs;
  }
  double of_two(const std::string& word, double a, double b) const {
    if (word == "Add")
      return round(a + b, std::abs(a + b));
    if (word == "Mul")
      return round(a * b, std::abs(a * b));
    if (word == "PRelu")
      return a > 0 ? a : round(a * b, std::abs(a * b));
    throw error("memory", "layer " + in_quotes(layer.is.name), "a formula of operators that are known here", in_quotes(word));
  }

  std::vector<double> named(const std::string& word) const {
    for (const auto& tensor : layer.parameters)
      if (tensor.name == word)
        return tensor.values;
    if (word == "input") {
      const auto first = x.begin() + static_cast<std::ptrdiff_t>(layer.begin);
      return {first, first + static_cast<std::ptrdiff_t>(size_of(layer.output))};
    }
    if (word != "x")
      throw error("memory", "layer " + in_quotes(layer.is.name), "a formula of x, inner... and its parameters", in_quotes(word));
    return x;
  }

  double sum(std::size_t o, std::size_t terms, auto input) {
    double value = layer.biases()[o];
    rounded_sum rounded(value);
    for (std::size_t i = 0; i < terms; ++i) {
      const double term = layer.weights()[o * terms + i] * x[input(i)];
      value += term;
      if constexpr (Round::rounds)
        rounded.add(term);
    }
    return round(value, Round::rounds ? rounded() : 0);
  }
  std::vector<double> product() {
    std::vector<double> y;
    for (std::size_t o = 0; o < layer.biases().size(); ++o)
      y.push_back(sum(o, x.size(), [](std::size_t i) { return i; }));
    return y;
  }
  std::vector<double> convolution() {
    const std::size_t positions = layer.output[1], length = layer.input[1], kernel = layer.number("kernel");
    std::vector<double> y;
    for (std::size_t o = 0; o < layer.output[0]; ++o)
      for (std::size_t p = 0; p < positions; ++p)
        y.push_back(sum(o, layer.input[0] * kernel, [&](std::size_t t) {
          return t / kernel * length + p * layer.number("stride") + t % kernel * layer.number("dilation");
        }));
    return y;
  }
  /// Features, or channels first.
  std::vector<double> narrowed(const std::vector<double>& a) const {
    const std::size_t one = size_of(layer.input) / layer.input[0], first = layer.number("start") * one;
    return {a.begin() + static_cast<std::ptrdiff_t>(first),
            a.begin() + static_cast<std::ptrdiff_t>(first + layer.number("length") * one)};
  }
  std::vector<double> transposed(const std::vector<double>& a) {
    std::vector<double> y(a.size());
    for (std::size_t i = 0; i < a.size(); ++i)
      y[place_in_transpose(i, extents[0], extents[1])] = a[i];
    std::swap(extents[0], extents[1]);
    return y;
  }

  const layer_description& layer;
  std::vector<std::size_t> extents = layer.input; // now
  const std::vector<double>& x;
  const std::vector<std::vector<double>>& inner;
  Round& round;
};

/// What the layers compute of one sample in double precision, written for clearness. Every result goes through
/// `round(value, deviation)`: in float arithmetic it would have that standard deviation, in units of the roundoff.
template <class Round>
std::vector<double> evaluate(const std::vector<layer_description>& layers, std::vector<double> x, Round& round) {
  for (const auto& layer : layers) {
    std::vector<std::vector<double>> inner;
    for (const auto& branch : layer.branches)
      inner.push_back(evaluate(branch, x, round));
    auto y = layer_evaluation(layer, x, inner, round)(onnx_formula_reader::read(layer.is.onnx));
    if (layer.activation.name == "softmax" || layer.activation.name == "log_softmax") {
      const double most = *std::max_element(y.begin(), y.end());
      double total = 0;
      for (const double z : y)
        total += std::exp(z - most);
      for (double& z : y) {
        const double below = z - most, log_total = std::log(total); // exp(below) errs by the rounding of `below`
        z = layer.activation.name == "softmax"
                ? round(std::exp(below) / total, std::exp(below) / total * (std::abs(below) + 8))
                : round(below - log_total, std::abs(below) + log_total + 4);
      }
    } else {
      const auto& [is, value, stated, parametric] = entry_of(layer.activation);
      if (!value)
        throw error("memory", "activation", "one of each element, or softmax or log_softmax", in_quotes(layer.activation.name));
      for (double& z : y) {
        const double a = value(z, layer.activation.parameter), size = std::abs(a);
        const double units = stated.value + (size > 0 ? stated.growth * (std::max)(0.0, -std::log(size)) : 0);
        z = round(a, units * size); // the worst that is stated is twice that
      }
    }
    x = std::move(y);
  }
  return x;
}

inline std::vector<double> evaluate(const net_description& net, const std::vector<double>& x) {
  exact none;
  return evaluate(net.layers, x, none);
}

} // namespace inlay::io::detail
