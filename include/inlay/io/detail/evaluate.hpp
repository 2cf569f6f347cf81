#pragma once

#include "inlay/io/detail/formula.hpp"

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

/// What the layers compute of one sample in double precision, written for clearness. Every result goes through
/// `round(value, deviation)`: in float arithmetic it would have that standard deviation, in units of the roundoff.
template <class Round>
std::vector<double> evaluate(const std::vector<layer_description>& layers, std::vector<double> x, Round& round) {
  for (const auto& layer : layers) {
    std::vector<double> y(size_of(layer.output));
    const auto sum = [&](std::size_t o, std::size_t terms, std::size_t place, auto input) {
      double value = layer.biases[o];
      rounded_sum rounded(value);
      for (std::size_t i = 0; i < terms; ++i) {
        const double product = layer.weights[o * terms + i] * x[input(i)];
        value += product;
        if constexpr (Round::rounds)
          rounded.add(product);
      }
      y[place] = round(value, Round::rounds ? rounded() : 0);
    };
    if (layer.kind == layer_kind::residual) {
      y = evaluate(layer.inner, x, round);
      for (std::size_t i = 0; i < y.size(); ++i)
        y[i] = round(y[i] + x[i], std::abs(y[i] + x[i]));
    } else if (layer.kind == layer_kind::activation) {
      y = x;
    } else if (layer.kind == layer_kind::transpose) {
      for (std::size_t i = 0; i < x.size(); ++i)
        y[place_in_transpose(i, layer.input[0], layer.input[1])] = x[i];
    } else if (layer.kind == layer_kind::dense) {
      for (std::size_t o = 0; o < y.size(); ++o)
        sum(o, x.size(), o, [](std::size_t i) { return i; });
    } else {
      const std::size_t positions = layer.output[1], length = layer.input[1], taps = layer.input[0] * layer.kernel;
      for (std::size_t o = 0; o < layer.output[0]; ++o)
        for (std::size_t p = 0; p < positions; ++p)
          sum(o, taps, o * positions + p, [&](std::size_t t) {
            return t / layer.kernel * length + p * layer.stride + t % layer.kernel * layer.dilation;
          });
    }
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
      const auto& [name, value, stated] = formula_of(layer.activation);
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
