#pragma once

#include "inlay/optimizer.hpp"

#include <type_traits>

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

namespace detail {

/// m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², w −= rate m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ):
/// Kingma and Ba 2015, with the corrections folded into two numbers a step. w shrinks first.
template <class Optimizer, class Net, class T = typename Net::scalar>
constexpr void adam_step(Optimizer& self, Net& net, const Net& grad, T coupled_decay, T shrink) noexcept {
  const auto& o = self.options;
  // After 7000 steps 0.9ᵗ would be denormal, and stay so.
  self.beta1_power = math::flush_denormal(self.beta1_power * static_cast<double>(o.beta1));
  self.beta2_power = math::flush_denormal(self.beta2_power * static_cast<double>(o.beta2));
  const T rate = static_cast<T>(static_cast<double>(o.learning_rate) / (1 - self.beta1_power));
  const T to_corrected = static_cast<T>(1 / math::square_root(1 - self.beta2_power));
  // 1 − β is taken of β as it is stored: of 0.999f, 1 − 0.999 would be 5e-5 off.
  update(
      [=, beta1 = o.beta1, beta2 = o.beta2, epsilon = o.epsilon](auto& w, auto g, auto& m, auto& v) {
        using V = std::decay_t<decltype(w)>;
        using math::divide, math::multiply_add, math::root_estimate;
        const V slope = multiply_add(V(coupled_decay), w, g);
        m = multiply_add(V(T(1) - beta1), slope - m, m); // β m + (1 − β) g in the form with one product
        v = multiply_add(V(T(1) - beta2), multiply_add(slope, slope, -v), v);
        const V root = multiply_add(root_estimate(v), V(to_corrected), V(epsilon));
        w = multiply_add(V(shrink), w, -divide(V(rate) * m, root));
      },
      net, grad, self.mean, self.mean_square);
}

} // namespace detail

/// Adam, as torch.optim.Adam.
template <class Net>
struct adam {
  adam_options<typename Net::scalar> options{};
  moments<Net> mean{};
  moments<Net> mean_square{};
  double beta1_power = 1, beta2_power = 1; ///< β₁ᵗ, β₂ᵗ after t steps

  template <class Other, class Grad>
    requires detail::another_net<Other, Grad, Net>
  decltype(detail::say(detail::refused_step<Other, Grad, Net>{})) step(Other&, const Grad&); // see detail/refusal.hpp
  constexpr void step(Net& net, const Net& grad) noexcept {
    detail::adam_step(*this, net, grad, options.weight_decay, typename Net::scalar(1));
  }
};

/// Adam with decoupled weight decay, as torch.optim.AdamW.
template <class Net>
struct adamw {
  adamw_options<typename Net::scalar> options{};
  moments<Net> mean{};
  moments<Net> mean_square{};
  double beta1_power = 1, beta2_power = 1; ///< β₁ᵗ, β₂ᵗ after t steps

  template <class Other, class Grad>
    requires detail::another_net<Other, Grad, Net>
  decltype(detail::say(detail::refused_step<Other, Grad, Net>{})) step(Other&, const Grad&); // see detail/refusal.hpp
  constexpr void step(Net& net, const Net& grad) noexcept {
    using T = typename Net::scalar;
    detail::adam_step(*this, net, grad, T(0), T(1) - options.learning_rate * options.weight_decay);
  }
};

} // namespace inlay
