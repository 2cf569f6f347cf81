#pragma once

#include "inlay/io/detail/activation_name.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// An activation in double precision, as its documentation defines it, and the error that inlay states of its own.
struct activation_formula {
  const char* name;
  double (*value)(double z, double parameter);
  accuracy stated;
};

/// All that have a formula for one number, relu before leaky_relu, which it is with slope 0.
inline const std::vector<activation_formula>& activation_formulas() {
  static constexpr auto sigmoid_of = [](double z) { return 1 / (1 + std::exp(-z)); };
  static constexpr auto softplus_of = [](double z) {
    return z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
  };
  static constexpr auto hard_sigmoid_of = [](double z) { return (std::min)((std::max)(z + 3, 0.0), 6.0) / 6; };
  static const std::vector<activation_formula> all{
      {"identity", [](double z, double) { return z; }, {}},
      {"relu", [](double z, double) { return (std::max)(z, 0.0); }, relu::ulp},
      {"leaky_relu", [](double z, double slope) { return z > 0 ? z : slope * z; }, leaky_relu::ulp},
      {"elu", [](double z, double alpha) { return z > 0 ? z : alpha * std::expm1(z); }, elu::ulp},
      {"celu", [](double z, double alpha) { return z > 0 ? z : alpha * std::expm1(z / alpha); }, celu::ulp},
      {"selu",
       [](double z, double) { return 1.0507009873554804934 * (z > 0 ? z : 1.6732632423543772848 * std::expm1(z)); },
       selu::ulp},
      {"sigmoid", [](double z, double) { return sigmoid_of(z); }, sigmoid::ulp},
      {"tanh", [](double z, double) { return std::tanh(z); }, tanh::ulp},
      {"gelu", [](double z, double) { return z * 0.5 * std::erfc(-z / std::sqrt(2.0)); }, gelu::ulp},
      {"gelu_tanh",
       [](double z, double) { return z * sigmoid_of(2 * std::sqrt(2 / M_PI) * (z + 0.044715 * z * z * z)); },
       gelu_tanh::ulp},
      {"silu", [](double z, double) { return z * sigmoid_of(z); }, silu::ulp},
      {"mish", [](double z, double) { return z * std::tanh(softplus_of(z)); }, mish::ulp},
      {"softplus", [](double z, double) { return softplus_of(z); }, softplus::ulp},
      {"softsign", [](double z, double) { return z / (1 + std::abs(z)); }, softsign::ulp},
      {"hard_sigmoid", [](double z, double) { return hard_sigmoid_of(z); }, hard_sigmoid::ulp},
      {"hard_tanh", [](double z, double) { return (std::min)((std::max)(z, -1.0), 1.0); }, hard_tanh::ulp},
      {"hard_swish", [](double z, double) { return z * hard_sigmoid_of(z); }, hard_swish::ulp},
      // Approximations are what they compute; a dozen operations.
      {"fast_tanh", [](double z, double) { return fast_tanh::at(z).value; }, {.value = 12}},
      {"fast_sigmoid", [](double z, double) { return fast_sigmoid::at(z).value; }, {.value = 12}},
  };
  return all;
}

/// The formula of an activation other than softmax and log_softmax.
inline const activation_formula& formula_of(const activation_description& of) {
  for (const auto& known : activation_formulas())
    if (known.name == of.name)
      return known;
  throw error("memory", "activation", "one of inlay's", of.name.empty() ? "one of your own" : in_quotes(of.name));
}

} // namespace inlay::io::detail
