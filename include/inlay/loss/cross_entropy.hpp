#pragma once

#include "inlay/loss.hpp"
#include "inlay/math/exponential.hpp"
#include "inlay/math/logarithm.hpp"

#include <concepts>

namespace inlay {

struct log_softmax;

/// −sum_i y_i log softmax(a)_i for logits a; the target y is a class index (std::size_t) or probabilities;
/// torch.nn.CrossEntropyLoss. The gradient is softmax(a) sum(y) − y. The softmax of a log-softmax is the same, so with
/// log_softmax as the last σ the loss enters the chain behind it.
struct cross_entropy {
  long long ignore_index = ignored_class; ///< a target that is this one is left out of the mean, and has no gradient

  static constexpr bool takes_logits = true;
  template <class Activation>
  static constexpr bool enters_at_z = std::same_as<Activation, log_softmax>;

  template <class T, std::size_t N, class Target, class Row>
    requires requires(Target target, Row into) { class_target::encode_target<T, N>(target, into); }
  static constexpr void encode_target(Target target, Row into) noexcept {
    class_target::encode_target<T, N>(target, into);
  }

  template <class A, class Target, class G, class T>
  static constexpr T value_and_gradient(A a, Target target, G grad, T scale) noexcept {
    const T most = kernel::largest(a);
    kernel::map([most](auto a_i) { return math::exp(a_i - decltype(a_i)(most)); }, grad, a);
    const T total = kernel::sum([](auto e) { return e; }, grad);
    const T weight = kernel::sum([](auto y) { return y; }, target);
    const T log_total = kernel::of_one([](auto sum) { return math::log(sum); }, total);
    const T to_p = weight / total;
    kernel::map(
        [=](auto e, auto y) {
          using V = decltype(e);
          return (e * V(to_p) - y) * V(scale);
        },
        grad, grad, target);
    return kernel::sum(
        [=](auto a_i, auto y) {
          using V = decltype(y);
          using math::absolute, math::as_written, math::select;
          // A class of probability 0 counts nothing, however unlikely the net thinks it: of 0 * infinity nothing is left.
          return select(absolute(y) <= V(0), V(0), y * (V(log_total) - as_written(a_i - V(most))));
        },
        a, target);
  }

  template <class Activation>
  static constexpr auto value_and_gradient_at_z(auto a, auto target, auto grad_z, auto scale) noexcept {
    return value_and_gradient(a, target, grad_z, scale);
  }
};

/// cross_entropy with a weight for each class: `weighted_cross_entropy<3>{{1, 2.5, 1}}`.
template <std::size_t N>
using weighted_cross_entropy = class_weighted<cross_entropy, N>;

} // namespace inlay
