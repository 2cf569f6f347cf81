#pragma once

#include "inlay/kernel/band.hpp"
#include "inlay/kernel/simd/tile.hpp"
#include "inlay/math/exponential.hpp"

#include <type_traits>

/// Columns across the lanes: what is taken over a column needs no exchange of lanes.
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// 0, 1, 2, ... of a register.
template <class T>
struct counting_numbers {
  alignas(alignment) T of[alignment / sizeof(T)];
  constexpr counting_numbers() noexcept : of() {
    for (std::size_t i = 0; i < alignment / sizeof(T); ++i) of[i] = static_cast<T>(i);
  }
};
template <class T>
inline constexpr counting_numbers<T> counting{};

/// v where `counted` has row j and the columns from `column` on, else `otherwise`.
template <class Counted, class P>
[[gnu::always_inline]] inline P keep_counted(Counted counted, std::size_t j, std::size_t column, P v, P otherwise) noexcept {
  using T = typename P::scalar;
  if constexpr (std::is_same_v<Counted, everything>) return v;
  else {
    const auto age = counted.ahead + static_cast<std::ptrdiff_t>(column) - static_cast<std::ptrdiff_t>(j);
    const P ages = P::load(counting<T>.of) + P(static_cast<T>(age));
    return select((ages >= P(T(0))) & (ages < P(static_cast<T>(counted.length))), v, otherwise);
  }
}

// x: (samples, N padded); over: (N padded)
template <class Arch, class T, class X, class Counted>
inline void softmax_columns(T scale, X x, T* over, Counted counted) noexcept {
  using P = register_for<T, X::size, Arch>;
  for_each_columns<X::size, P, at_once(2)>([&]<std::size_t C>(std::size_t column) __attribute__((always_inline)) {
    const P least(-math::ieee<T>::largest);
    P most[C], total[C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) most[k] = least, total[k] = P(T(0));
    for (std::size_t j = 0; j < x.samples(); ++j)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) {
        const std::size_t i = column + k * P::lanes;
        most[k] = maximum(keep_counted(counted, j, i, P::load(x[j] + i), least), most[k]);
      }
    for (std::size_t j = 0; j < x.samples(); ++j)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) {
        const std::size_t i = column + k * P::lanes;
        const P e = keep_counted(counted, j, i, math::exp_bounded(P(scale) * (P::load(x[j] + i) - most[k])), P(T(0)));
        e.store(x[j] + i);
        total[k] = total[k] + e;
      }
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) (P(T(1)) / maximum(P(math::ieee<T>::smallest), total[k])).store(over + column + k * P::lanes);
  });
}

// p, grad: (samples, N padded); over: (N padded)
template <class Arch, class T, class P, class G>
inline void softmax_columns_delta(T scale, P p, const T* over, G grad) noexcept {
  using R = register_for<T, G::size, Arch>;
  for_each_columns<G::size, R, at_once(2)>([&]<std::size_t C>(std::size_t column) __attribute__((always_inline)) {
    R share[C], along[C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k) share[k] = R::load(over + column + k * R::lanes), along[k] = R(T(0));
    for (std::size_t j = 0; j < grad.samples(); ++j)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) {
        const std::size_t i = column + k * R::lanes;
        const R own = R::load(p[j] + i) * share[k];
        own.store(p[j] + i);
        along[k] = multiply_add(own, R::load(grad[j] + i), along[k]);
      }
    for (std::size_t j = 0; j < grad.samples(); ++j)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) {
        const std::size_t i = column + k * R::lanes;
        (R(scale) * R::load(p[j] + i) * (R::load(grad[j] + i) - along[k])).store(grad[j] + i);
      }
  });
}

} // namespace inlay::kernel::simd
