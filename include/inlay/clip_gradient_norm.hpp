#pragma once

#include "inlay/kernel.hpp"
#include "inlay/layer_storage.hpp"

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// value / scale: a norm whose squares would overflow, or be denormal, is found with its numbers scaled by a power of two.
struct scaled_norm {
  double value, scale;
};

template <class Net, class T = typename Net::scalar>
constexpr scaled_norm norm_of(const Net& grad, const layer_indices& frozen) noexcept {
  constexpr bool is_float = std::same_as<T, float>;
  constexpr double least = is_float ? 0x1p-60 : 0x1p-400, most = is_float ? 0x1p100 : 0x1p800;
  constexpr double scale = is_float ? 0x1p80 : 0x1p600;
  const auto squares = [&](double scaled_by) {
    double total = 0;
    for_each_trained<typename Net::topology>(frozen, [&](std::size_t at, std::size_t n) {
      total += kernel::sum_of_squares(n, grad.theta().data() + at, static_cast<T>(scaled_by));
    });
    return total;
  };
  const double total = squares(1);
  if (total >= most) return {math::square_root(squares(1 / scale)), 1 / scale};
  if (total <= least) return {math::square_root(squares(scale)), scale};
  return {math::square_root(total), 1};
}

template <class Net, class T = typename Net::scalar>
constexpr T clip_gradient_norm(Net& grad, double max_norm, const layer_indices& frozen) noexcept {
  const kernel::denormals_are_zero guard;
  const auto [value, scale] = norm_of(grad, frozen);
  const double most = max_norm * scale, found = value + 1e-6 * scale;
  if (!(most >= found)) { // a NaN among them spoils all, as in PyTorch
    // In two factors: that of a huge gradient may be denormal.
    const double first = scale < 1 ? scale : 1, second = scale < 1 ? max_norm / found : most / found;
    for_each_trained<typename Net::topology>(frozen, [&](std::size_t at, std::size_t n) {
      T* const g = grad.theta().data() + at;
      kernel::update(
          [a = static_cast<T>(first), b = static_cast<T>(second)](auto& x, auto) {
            using V = std::decay_t<decltype(x)>;
            x = x * V(a) * V(b);
          },
          n, g, g);
    });
  }
  return static_cast<T>(value / scale);
}

} // namespace detail

/// Makes the norm of a gradient, all its layers taken as one vector, at most `max_norm`, and returns what it was:
/// torch.nn.utils.clip_grad_norm_. Where max_norm / (norm + 1e-6) is below 1, the gradient is multiplied by it. Squares of
/// huge numbers do not overflow; a norm beyond the largest scalar is returned as infinity, and clipped all the same.
template <class Net>
  requires requires(Net& grad) { grad.theta(); }
constexpr typename Net::scalar clip_gradient_norm(Net& grad, typename Net::scalar max_norm) noexcept {
  return detail::clip_gradient_norm(grad, static_cast<double>(max_norm), {});
}

} // namespace inlay
