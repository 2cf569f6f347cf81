#pragma once

#include "inlay/refusal/require.hpp"

#include <cmath>
#include <cstddef>

/// Learning rates as functions of the step, counted from 0: small values to give to fit() or to call. Formulas and names of
/// torch.optim.lr_scheduler, where one step() is a step here.
namespace inlay::inline INLAY_INSTRUCTION_SET {

/// learning_rate * gamma^(step / step_size), the quotient rounded down; StepLR.
struct step_schedule {
  double learning_rate;
  std::size_t step_size;
  double gamma = 0.1;

  constexpr double operator()(std::size_t step) const noexcept {
    detail::require(step_size > 0, "step_schedule", "a step_size of at least", 1, step_size);
    double rate = learning_rate, factor = gamma;
    for (std::size_t power = step / step_size; power > 0; power /= 2, factor *= factor)
      if (power % 2 == 1) rate *= factor;
    return rate;
  }
};

/// From learning_rate down to eta_min in t_max steps along half a wave, eta_min + (learning_rate - eta_min) (1 + cos(π step /
/// t_max)) / 2; and, as CosineAnnealingLR, up again after them.
struct cosine_schedule {
  double learning_rate;
  std::size_t t_max;
  double eta_min = 0;

  double operator()(std::size_t step) const noexcept {
    detail::require(t_max > 0, "cosine_schedule", "a t_max of at least", 1, t_max);
    constexpr double pi = 3.14159265358979323846;
    const double turn = pi * static_cast<double>(step % (2 * t_max)) / static_cast<double>(t_max);
    return eta_min + (learning_rate - eta_min) * (1 + std::cos(turn)) / 2;
  }
};

/// From start_factor * learning_rate to end_factor * learning_rate in total_iters steps, and constant after them; LinearLR.
struct linear_schedule {
  double learning_rate;
  std::size_t total_iters = 5;
  double start_factor = 1.0 / 3;
  double end_factor = 1;

  constexpr double operator()(std::size_t step) const noexcept {
    if (step >= total_iters) return learning_rate * end_factor;
    const double part = static_cast<double>(step) / static_cast<double>(total_iters);
    return learning_rate * (start_factor + (end_factor - start_factor) * part);
  }
};

/// A linear rise in total_iters steps, from start_factor of what `then` begins with to all of it, and then `then` from its
/// own step 0; SequentialLR of LinearLR and another.
template <class Then>
struct warm_up {
  std::size_t total_iters;
  Then then;
  double start_factor;

  constexpr warm_up(std::size_t steps, Then after, double start = 1.0 / 3) noexcept
      : total_iters(steps), then(after), start_factor(start) {}

  constexpr double operator()(std::size_t step) const noexcept {
    if (step >= total_iters) return static_cast<double>(then(step - total_iters));
    return linear_schedule{static_cast<double>(then(0)), total_iters, start_factor}(step);
  }
};

} // namespace inlay
