#pragma once

#include <array>
#include <cstddef>

namespace fast_math {

enum class loss {
  mean_squared_error,
  mean_absolute_error,
  huber,
  binary_cross_entropy,
};

/// The loss of one output a against y, and its derivative by a.
template <class T>
std::array<T, 2> loss_and_slope(loss which, T a, T y);

/// The cross entropy of five logits against a class, then its derivatives.
template <class T>
std::array<T, 6> cross_entropy(const std::array<T, 5>& logits, std::size_t target);

template <class T>
std::array<T, 5> log_softmax(const std::array<T, 5>& z);
template <class T>
std::array<T, 5> softmax(const std::array<T, 5>& z);

} // namespace fast_math
