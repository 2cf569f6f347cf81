#pragma once

#include "inlay/math/exponential.hpp"
#include "inlay/tensor.hpp"

#include <cstddef>

/// The softmax of each column of rows of ours, over its rows.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::reference {

// x = exp(scale (x − its column's largest)) of the numbers that count, 0 in place of others; over = 1 / their sum
template <class T, class X, class Counted>
constexpr void softmax_columns(T scale, X x, T* over, Counted counted) noexcept {
  for (std::size_t i = 0; i < X::size; ++i) {
    T most = -math::ieee<math::scalar_of<T>>::largest, total = 0;
    for (std::size_t j = 0; j < x.samples(); ++j)
      if (counted.contains(j, i)) most = math::maximum(x[j][i], most);
    for (std::size_t j = 0; j < x.samples(); ++j) {
      x[j][i] = counted.contains(j, i) ? math::exp(scale * (x[j][i] - most)) : T(0);
      total += x[j][i];
    }
    over[i] = 1 / math::maximum(T(math::ieee<math::scalar_of<T>>::smallest), total); // where nothing counts
  }
}

// p = p over; grad = scale p (grad − its column's sum of p grad)
template <class T, class P, class G>
constexpr void softmax_columns_delta(T scale, P p, const T* over, G grad) noexcept {
  for (std::size_t i = 0; i < G::size; ++i) {
    T along = 0;
    for (std::size_t j = 0; j < grad.samples(); ++j) {
      p[j][i] *= over[i];
      along += p[j][i] * grad[j][i];
    }
    for (std::size_t j = 0; j < grad.samples(); ++j) grad[j][i] = scale * p[j][i] * (grad[j][i] - along);
  }
}

} // namespace inlay::kernel::reference
