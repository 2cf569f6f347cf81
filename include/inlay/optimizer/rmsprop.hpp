#pragma once

#include "inlay/optimizer.hpp"
#include "inlay/optimizer/mean_square.hpp"

#include <utility>

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

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// v = α v + (1 − α) g², w −= rate g / (√v + ε); of v − m² where centered, m the running mean; with momentum w −= rate b,
/// b = μ b + g / (√v + ε). Called with the states in use, in the order v, m, b.
template <bool Centered, bool Momentum, scalar T>
struct rmsprop_rule : squaring_rule<T> {
  T rate, mu, decay, epsilon, alpha, fresh;

  template <class V>
  [[gnu::always_inline]] constexpr void operator()(V& w, V g, auto&... states) const noexcept {
    with_all(
        [&](V& v, V& m, V& b) {
          using math::maximum, math::multiply_add, math::over_root;
          const V slope = g + V(decay) * w;
          v = this->averaged(v, V(fresh), slope);
          V square = v;
          if constexpr (Centered) {
            m = multiply_add(V(fresh), slope, V(alpha) * m);
            square = maximum(V(T(0)), v - m * m); // rounding error once the gradient is constant, and that can be negative
          }
          move(w, over_root(slope, square, V(epsilon)), b);
        },
        states...);
  }

  /// The same for gradients of any size.
  constexpr auto of_any_size() const noexcept {
    return [*this](T& w, T g, auto&... states) {
      with_all(
          [&](T& v, T& m, T& b) {
            scaled_mean_square<T> square(v, alpha, g);
            const T s = square.scale, slope = math::as_written(g * s + decay * w * s);
            square.add(slope, fresh);
            T centre = 0;
            if constexpr (Centered) {
              centre = alpha * (m * s) + fresh * slope;
              m = unscaled(centre, s);
            }
            v = square.kept(*this->now_negated);
            move(w, math::over_root(slope, math::maximum(T(0), square.value - centre * centre), epsilon * s), b);
          },
          states...);
    };
  }

private:
  template <class V>
  constexpr void move(V& w, V direction, V& b) const noexcept {
    if constexpr (Momentum) direction = b = V(mu) * b + direction;
    w = w - V(rate) * direction;
  }
  /// f(v, m, b), those not in use being of no account.
  template <class V, class... Rest>
  static constexpr void with_all(auto f, V& v, Rest&... rest) noexcept {
    V none{};
    if constexpr (Centered == Momentum && sizeof...(Rest) > 0) f(v, rest...);
    else if constexpr (Centered) f(v, rest..., none);
    else if constexpr (Momentum) f(v, none, rest...);
    else f(v, none, none);
  }
};

} // namespace inlay::detail

namespace inlay {

/// RMSprop, as torch.optim.RMSprop: the gradient over the root of its running mean square, or, centered, of its variance.
/// Moments that are not in use are neither read nor written.
template <class Net>
struct rmsprop {
  using T = typename detail::net_of<Net>::scalar;
  rmsprop_options<T> options{};
  moments<Net> mean_square{};
  moments<Net> mean{};     ///< in use where centered
  moments<Net> momentum{}; ///< in use where the momentum is not 0
  bool any_negated = false; ///< of the means of squares, see optimizer/mean_square.hpp

  template <class Other, class Grad>
    requires detail::another_net<Other, Grad, detail::net_of<Net>>
  decltype(detail::say(detail::refused_step<Other, Grad, detail::net_of<Net>>{})) step(Other&, const Grad&); // see refusal/words.hpp
  constexpr void step(detail::net_of<Net>& net, const detail::net_of<Net>& grad) noexcept { descend(net, grad); }

  /// step() along a gradient in memory or a swept one, see optimizer.hpp.
  constexpr void descend(detail::net_of<Net>& net, const auto& grad) noexcept {
    const bool moving = options.momentum != T(0);
    if (options.centered && moving) detail::update(rule<true, true>(), net, grad, mean_square, mean, momentum);
    else if (options.centered) detail::update(rule<true, false>(), net, grad, mean_square, mean);
    else if (moving) detail::update(rule<false, true>(), net, grad, mean_square, momentum);
    else detail::update(rule<false, false>(), net, grad, mean_square);
  }

private:
  template <bool Centered, bool Momentum>
  constexpr auto rule() noexcept {
    return detail::rmsprop_rule<Centered, Momentum, T>{
        {.any_negated = std::exchange(any_negated, false) || detail::squaring_rule<T>::loses_small(options.alpha), .now_negated = &any_negated},
        options.learning_rate,
        options.momentum,
        options.weight_decay,
        options.epsilon,
        options.alpha,
        T(1) - options.alpha};
  }
};

} // namespace inlay
