#pragma once

#include "inlay/kernel/band.hpp"
#include "inlay/kernel/simd/register.hpp"
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

// x: (samples, N padded)
template <class Arch, class T, class X, class Counted>
inline void softmax_columns(T scale, X x, Counted counted) noexcept {
  using P = register_for<T, X::size, Arch>;
  const std::size_t n = x.samples();
  for (std::size_t i = 0; i < X::size; i += P::lanes) {
    const P least(-math::ieee<T>::largest);
    P most = least, total(T(0));
    for (std::size_t j = 0; j < n; ++j) most = maximum(keep_counted(counted, j, i, P::load(x[j] + i), least), most);
    for (std::size_t j = 0; j < n; ++j) {
      const P e = keep_counted(counted, j, i, math::exp_bounded(P(scale) * (P::load(x[j] + i) - most)), P(T(0)));
      e.store(x[j] + i);
      total = total + e;
    }
    const P share = P(T(1)) / maximum(P(math::ieee<T>::smallest), total);
    for (std::size_t j = 0; j < n; ++j) flush_denormal(P::load(x[j] + i) * share).store(x[j] + i);
  }
}

// p, grad: (samples, N padded)
template <class Arch, class T, class P, class G>
inline void softmax_columns_delta(T scale, P p, G grad) noexcept {
  using R = register_for<T, G::size, Arch>;
  const std::size_t n = grad.samples();
  for (std::size_t i = 0; i < G::size; i += R::lanes) {
    R along(T(0));
    for (std::size_t j = 0; j < n; ++j) along = multiply_add(R::load(p[j] + i), R::load(grad[j] + i), along);
    for (std::size_t j = 0; j < n; ++j)
      (R(scale) * R::load(p[j] + i) * (R::load(grad[j] + i) - along)).store(grad[j] + i);
  }
}

} // namespace inlay::kernel::simd
