#pragma once

#include "inlay/optimizer.hpp"

namespace inlay {

/// The options of sgd, in the words and with the defaults of torch.optim.SGD.
template <scalar T>
struct sgd_options {
  T learning_rate = T(1e-3);
  T momentum = 0;
  T dampening = 0;
  T weight_decay = 0;
  bool nesterov = false;
};

/// Stochastic gradient descent with momentum, as torch.optim.SGD: the first step sets the momentum to the gradient.
template <class Net>
struct sgd {
  using T = typename Net::scalar;
  sgd_options<T> options{};
  moments<Net> momentum{};
  bool first = true;

  constexpr void step(Net& net, const Net& grad) noexcept {
    const auto [rate, mu, dampening, decay, nesterov] = options;
    if (mu == T(0)) {
      detail::update(
          [rate, decay](auto& w, auto g) {
            using V = std::decay_t<decltype(w)>;
            w = w - V(rate) * (g + V(decay) * w);
          },
          net, grad);
      return;
    }
    const T fresh = first ? T(1) : T(1) - dampening;
    const T from_gradient = nesterov ? T(1) : T(0); // nesterov: w -= rate (g + mu b), else w -= rate b
    const T from_momentum = nesterov ? mu : T(1);
    detail::update(
        [=, mu = mu, rate = rate, decay = decay](auto& w, auto g, auto& b) {
          using V = std::decay_t<decltype(w)>;
          const V slope = g + V(decay) * w;
          b = V(mu) * b + V(fresh) * slope;
          w = w - V(rate) * (V(from_gradient) * slope + V(from_momentum) * b);
        },
        net, grad, momentum);
    first = false;
  }
};

} // namespace inlay
