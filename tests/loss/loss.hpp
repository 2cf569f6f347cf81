// A loss by itself: the net that gives back its input, so that ∂loss/∂x is the loss's own derivative.
#pragma once

#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

template <class T, std::size_t N, class Loss>
struct alone {
  using net_t = inlay::basic_network<T, inlay::input<N>, inlay::activation<inlay::identity>>;
  using row = std::array<T, N>;

  static constexpr T value(const row& a, const auto& target, const Loss& loss = {}) {
    net_t grad{};
    return inlay::backpropagate(net_t{}, a, target, loss, grad);
  }
  static constexpr row slope(const row& a, const auto& target, const Loss& loss = {}) {
    return inlay::input_gradient(net_t{}, a, target, loss);
  }
};

template <class T>
inline constexpr T infinity = std::numeric_limits<T>::infinity();
template <class T>
inline constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();
