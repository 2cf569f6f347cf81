#pragma once

#include "inlay/optimizer.hpp"

namespace inlay {

/// The options of rmsprop, in the words and with the defaults of torch.optim.RMSprop.
template <scalar T>
struct rmsprop_options {
  T learning_rate = T(1) / 100;
  T alpha = T(99) / 100;
  T epsilon = T(1) / 100000000;
  T weight_decay = 0;
  T momentum = 0;
  bool centered = false;
};

/// RMSprop, as torch.optim.RMSprop: the gradient over the root of its running mean square, or, centered, of its variance.
/// Moments that are not in use are neither read nor written.
template <class Net>
struct rmsprop {
  using T = typename Net::scalar;
  rmsprop_options<T> options{};
  moments<Net> mean_square{};
  moments<Net> mean{};     ///< in use where centered
  moments<Net> momentum{}; ///< in use where the momentum is not 0

  template <class Other, class Grad>
    requires detail::another_net<Other, Grad, Net>
  decltype(detail::say(detail::refused_step<Other, Grad, Net>{})) step(Other&, const Grad&); // see detail/refusal.hpp
  constexpr void step(Net& net, const Net& grad) noexcept { descend(net, grad); }

  /// step() along a gradient in memory or a swept one, see optimizer.hpp.
  constexpr void descend(Net& net, const auto& grad) noexcept {
    const auto normalized = [epsilon = options.epsilon](auto slope, auto square) {
      using math::over_root;
      return over_root(slope, square, decltype(slope)(epsilon));
    };
    const auto average = [alpha = options.alpha](auto& of, auto x) {
      using V = decltype(x);
      using math::multiply_add;
      of = multiply_add(V(T(1) - alpha), x - of, of); // α of + (1 − α) x in the form with one product
    };
    if (options.centered)
      move(
          [=](auto slope, auto& v, auto& m) {
            using V = decltype(slope);
            using math::maximum;
            average(v, slope * slope);
            average(m, slope);
            // Once the gradient is constant this is rounding error, and that can be negative.
            return normalized(slope, maximum(V(T(0)), v - m * m));
          },
          net, grad, mean_square, mean);
    else
      move(
          [=](auto slope, auto& v) {
            average(v, slope * slope);
            return normalized(slope, v);
          },
          net, grad, mean_square);
  }

private:
  /// w -= rate * direction, or rate * b with b = momentum * b + direction.
  constexpr void move(auto direction, Net& net, const auto& grad, auto&... states) noexcept {
    const T rate = options.learning_rate, mu = options.momentum, decay = options.weight_decay;
    if (mu == T(0))
      detail::update(
          [=](auto& w, auto g, auto&... state) {
            using V = decltype(g);
            w = w - V(rate) * direction(g + V(decay) * w, state...);
          },
          net, grad, states...);
    else
      detail::update(
          [=](auto& w, auto g, auto& b, auto&... state) {
            using V = decltype(g);
            b = V(mu) * b + direction(g + V(decay) * w, state...);
            w = w - V(rate) * b;
          },
          net, grad, momentum, states...);
  }
};

} // namespace inlay
