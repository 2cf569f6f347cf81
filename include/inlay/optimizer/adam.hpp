#pragma once

#include "inlay/optimizer.hpp"
#include "inlay/optimizer/mean_square.hpp"

#include <utility>

namespace inlay {

/// The options of adam, in the words and with the defaults of torch.optim.Adam.
template <scalar T>
struct adam_options {
  T learning_rate = T(1) / 1000;
  T beta1 = T(9) / 10;
  T beta2 = T(999) / 1000;
  T epsilon = T(1) / 100000000;
  T weight_decay = 0; ///< added to the gradient
};

/// The options of adamw, as torch.optim.AdamW.
template <scalar T>
struct adamw_options {
  T learning_rate = T(1) / 1000;
  T beta1 = T(9) / 10;
  T beta2 = T(999) / 1000;
  T epsilon = T(1) / 100000000;
  T weight_decay = T(1) / 100; ///< decoupled: shrinks the weights before the step
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Where weight decay goes: into the gradient (Adam), or past it (AdamW).
enum class decay {
  coupled,
  decoupled,
};

/// m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², w −= rate m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ):
/// Kingma and Ba 2015, with the corrections folded into the rate and ε, two numbers a step.
template <decay where, scalar T>
struct adam_rule : squaring_rule<T> {
  T rate, epsilon, weight_decay, kept, beta1, fresh1, beta2, fresh2;

  template <class V>
  [[gnu::always_inline]] constexpr void operator()(V& w, V g, V& m, V& v) const noexcept {
    using math::multiply_add, math::over_root;
    if constexpr (where == decay::coupled) g = multiply_add(V(weight_decay), w, g);
    else w = V(kept) * w;
    m = multiply_add(V(fresh1), g - m, m); // torch.lerp, with one product
    v = this->averaged(v, V(fresh2), g);
    w = w - over_root(V(rate) * m, v, V(epsilon));
  }

  /// The same for gradients of any size.
  constexpr auto of_any_size() const noexcept {
    return [*this](T& w, T g, T& m, T& v) {
      const T decayed = where == decay::coupled ? weight_decay * w : T(0);
      if constexpr (where == decay::decoupled) w = kept * w;
      scaled_mean_square<T> square(v, beta2, g);
      const T s = square.scale, slope = math::as_written(g * s + decayed * s), mean = beta1 * (m * s) + fresh1 * slope;
      square.add(slope, fresh2);
      w = w - math::over_root(rate * mean, square.value, epsilon * s);
      m = unscaled(mean, s);
      v = square.kept(*this->now_negated);
    };
  }
};

template <decay where, class Optimizer, class Net, class Gradient, class T = typename Net::scalar>
constexpr void adam_step(Optimizer& self, Net& net, const Gradient& grad) noexcept {
  const auto& o = self.options;
  // After 7000 steps 0.9ᵗ would be denormal, and stay so.
  self.beta1_power = math::flush_denormal(self.beta1_power * static_cast<double>(o.beta1));
  self.beta2_power = math::flush_denormal(self.beta2_power * static_cast<double>(o.beta2));
  const double correction = math::square_root(1 - self.beta2_power);
  // 1 − β is taken of β as it is stored: of 0.999f, 1 − 0.999 would be 5e-5 off.
  const adam_rule<where, T> rule{
      {.any_negated = std::exchange(self.any_negated, false) || squaring_rule<T>::loses_small(o.beta1) || squaring_rule<T>::loses_small(o.beta2), .now_negated = &self.any_negated},
      static_cast<T>(static_cast<double>(o.learning_rate) * correction / (1 - self.beta1_power)),
      static_cast<T>(static_cast<double>(o.epsilon) * correction),
      o.weight_decay,
      T(1) - o.learning_rate * o.weight_decay,
      o.beta1,
      T(1) - o.beta1,
      o.beta2,
      T(1) - o.beta2};
  update(rule, net, grad, self.mean, self.mean_square);
}

} // namespace inlay::detail

namespace inlay {

/// Adam, as torch.optim.Adam.
template <class Net>
struct adam {
  adam_options<typename detail::net_of<Net>::scalar> options{};
  moments<Net> mean{};
  moments<Net> mean_square{};
  double beta1_power = 1, beta2_power = 1; ///< β₁ᵗ, β₂ᵗ after t steps
  bool any_negated = false;                ///< of the means of squares, see optimizer/mean_square.hpp

  template <class Other, class Grad>
    requires detail::another_net<Other, Grad, detail::net_of<Net>>
  decltype(detail::say(detail::refused_step<Other, Grad, detail::net_of<Net>>{})) step(Other&, const Grad&); // see refusal/words.hpp
  constexpr void step(detail::net_of<Net>& net, const detail::net_of<Net>& grad) noexcept { descend(net, grad); }

  /// step() along a gradient in memory or a swept one, see optimizer.hpp.
  constexpr void descend(detail::net_of<Net>& net, const auto& grad) noexcept {
    detail::adam_step<detail::decay::coupled>(*this, net, grad);
  }
};

/// Adam with decoupled weight decay, as torch.optim.AdamW.
template <class Net>
struct adamw {
  adamw_options<typename detail::net_of<Net>::scalar> options{};
  moments<Net> mean{};
  moments<Net> mean_square{};
  double beta1_power = 1, beta2_power = 1; ///< β₁ᵗ, β₂ᵗ after t steps
  bool any_negated = false;                ///< of the means of squares, see optimizer/mean_square.hpp

  template <class Other, class Grad>
    requires detail::another_net<Other, Grad, detail::net_of<Net>>
  decltype(detail::say(detail::refused_step<Other, Grad, detail::net_of<Net>>{})) step(Other&, const Grad&); // see refusal/words.hpp
  constexpr void step(detail::net_of<Net>& net, const detail::net_of<Net>& grad) noexcept { descend(net, grad); }

  /// step() along a gradient in memory or a swept one, see optimizer.hpp.
  constexpr void descend(detail::net_of<Net>& net, const auto& grad) noexcept {
    detail::adam_step<detail::decay::decoupled>(*this, net, grad);
  }
};

} // namespace inlay
