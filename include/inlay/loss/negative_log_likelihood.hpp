#pragma once

#include "inlay/loss.hpp"
#include "inlay/math/exponential.hpp"
#include "inlay/math/logarithm.hpp"

#include <concepts>

namespace inlay {

struct log_softmax;
struct sigmoid;
struct softmax;

/// −log of the probability that the net gives the target, for nets whose last σ makes probabilities, so that the net
/// trained is the net embedded:
///     softmax      −sum_i y_i log a_i                     the target a class index or probabilities
///     log_softmax  −sum_i y_i a_i                         the same; torch.nn.NLLLoss
///     sigmoid      mean of −y log a − (1 − y) log(1 − a)  one target in [0, 1] an output; torch.nn.BCELoss
/// As there no logarithm is below −100. All enter the chain at ∇zᴸ, where the gradient is p − y whatever has saturated.
struct negative_log_likelihood {
  long long ignore_index = ignored_class; ///< a target that is this one is left out of the mean, and has no gradient

  template <class Activation>
  static constexpr bool enters_at_z =
      std::same_as<Activation, softmax> || std::same_as<Activation, log_softmax> || std::same_as<Activation, sigmoid>;

  template <class T, std::size_t N, class Target, class Row>
    requires requires(Target target, Row into) { class_target::encode_target<T, N>(target, into); }
  static constexpr void encode_target(Target target, Row into) noexcept {
    class_target::encode_target<T, N>(target, into);
  }

  /// The loss of one sample, and ∇z = scale (p − y).
  template <class Activation, class A, class Target, class G, class T>
  static constexpr T value_and_gradient_at_z(A a, Target target, G grad_z, T scale) noexcept {
    constexpr bool each = std::same_as<Activation, sigmoid>;
    const T weight = each ? T(1) : kernel::sum([](auto y) { return y; }, target);
    const T mean = each ? T(1) / T(A::size) : T(1);
    kernel::map(
        [=](auto a_i, auto y) {
          using V = decltype(y);
          V p = a_i;
          if constexpr (std::same_as<Activation, log_softmax>) p = math::exp(a_i);
          return (p * V(weight) - y) * V(scale * mean);
        },
        grad_z, a, target);
    return mean * kernel::sum(
                      [](auto a_i, auto y) {
                        using V = decltype(y);
                        using math::maximum, math::minimum, math::select;
                        const V least(-100);
                        if constexpr (std::same_as<Activation, log_softmax>) return -(y * maximum(least, a_i));
                        else if constexpr (std::same_as<Activation, softmax>)
                          return -(y * maximum(least, math::log(a_i)));
                        else
                          return -(y * maximum(least, math::log(a_i)) +
                                   (V(1) - y) * maximum(least, select(a_i > V(0.5), math::log(V(1) - a_i),
                                                                      math::log1p(-minimum(a_i, V(0.5))))));
                      },
                      a, target);
  }
};

/// negative_log_likelihood with a weight for each class, behind softmax or log_softmax.
template <std::size_t N>
using weighted_negative_log_likelihood = class_weighted<negative_log_likelihood, N>;

} // namespace inlay
