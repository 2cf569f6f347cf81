#pragma once

#include "inlay/optimizer.hpp"

namespace inlay {

/// The options of sgd, in the words and with the defaults of torch.optim.SGD.
template <scalar T>
struct sgd_options {
  T learning_rate = T(1) / 1000;
  T momentum = 0;
  T dampening = 0;
  T weight_decay = 0;
  bool nesterov = false;
};

/// Stochastic gradient descent with momentum, as torch.optim.SGD: the first step sets the momentum to the gradient.
template <class Net>
struct sgd {
  using T = typename detail::net_of<Net>::scalar;
  sgd_options<T> options{};
  moments<Net> momentum{};
  bool first = true;

  template <class Other, class Grad>
    requires detail::another_net<Other, Grad, detail::net_of<Net>>
  decltype(detail::say(detail::refused_step<Other, Grad, detail::net_of<Net>>{})) step(Other&, const Grad&); // see refusal/words.hpp
  constexpr void step(detail::net_of<Net>& net, const detail::net_of<Net>& grad) noexcept { descend(net, grad); }

  /// step() along a gradient in memory or a swept one, see optimizer.hpp.
  constexpr void descend(detail::net_of<Net>& net, const auto& grad) noexcept {
    const T rate = options.learning_rate, mu = options.momentum, decay = options.weight_decay;
    // The decay is multiplied out: g + decay w may be more than a number can hold where a step along it is not.
    if (mu == T(0)) {
      detail::update(
          [rate, kept = T(1) - rate * decay](auto& w, auto g) {
            using V = std::decay_t<decltype(w)>;
            using math::saturating_multiply_add;
            w = saturating_multiply_add(V(-rate), g, V(kept) * w);
          },
          net, grad);
      return;
    }
    const T fresh = first ? T(1) : T(1) - options.dampening;
    const T from_gradient = options.nesterov ? rate : T(0); // nesterov: w -= rate (g + mu b), else w -= rate b
    const T from_momentum = options.nesterov ? rate * mu : rate;
    detail::update(
        [=, kept = T(1) - from_gradient * decay](auto& w, auto g, auto& b) {
          using V = std::decay_t<decltype(w)>;
          using math::multiply_add, math::saturating_multiply_add;
          b = saturating_multiply_add(V(fresh), g, multiply_add(V(fresh * decay), w, V(mu) * b));
          w = saturating_multiply_add(V(-from_momentum), b, multiply_add(V(-from_gradient), g, V(kept) * w));
        },
        net, grad, momentum);
    first = false;
  }
};

} // namespace inlay
