#pragma once

#include "inlay/optimizer.hpp"

namespace inlay {

/// The options of rmsprop, in the words and with the defaults of torch.optim.RMSprop.
template <scalar T>
struct rmsprop_options {
  T learning_rate = T(1e-2);
  T alpha = T(0.99);
  T epsilon = T(1e-8);
  T weight_decay = 0;
  T momentum = 0;
  bool centered = false;
};

/// RMSprop, as torch.optim.RMSprop: the gradient over the root of its running mean square.
template <class Net>
struct rmsprop {
  using T = typename Net::scalar;
  rmsprop_options<T> options{};
  moments<Net> mean_square{};
  moments<Net> mean{};     ///< in use where centered
  moments<Net> momentum{}; ///< in use where the momentum is not 0

  constexpr void step(Net& net, const Net& grad) noexcept {
    const auto& o = options;
    const auto rule = [=, o = o](auto& w, auto g, auto& v, auto& mean_g, auto& b) {
      using V = std::decay_t<decltype(w)>;
      using math::divide, math::root_estimate;
      const V slope = g + V(o.weight_decay) * w;
      v = V(o.alpha) * v + V(T(1) - o.alpha) * slope * slope;
      mean_g = V(o.alpha) * mean_g + V(T(1) - o.alpha) * slope;
      const V variance = v - V(o.centered ? T(1) : T(0)) * mean_g * mean_g;
      b = V(o.momentum) * b + divide(slope, root_estimate(variance) + V(o.epsilon));
      w = w - V(o.learning_rate) * b;
    };
    detail::update(rule, net, grad, mean_square, mean, momentum);
  }
};

} // namespace inlay
