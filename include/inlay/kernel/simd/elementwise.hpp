#pragma once

#include "inlay/kernel/simd/lie.hpp"
#include "inlay/kernel/simd/register.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// Rows whose numbers are not read: what is there may be nothing yet.
template <class Rows>
struct written : Rows {
  struct place {
    typename Rows::element* at;
    place operator+(std::size_t i) const noexcept { return {at + i}; }
  };
  place operator[](std::size_t sample) const noexcept { return {Rows::operator[](sample)}; }
};

// f(v...) for the registers v of each row, by reference: those of const rows are read, those of written rows written, the others
// both, with zeros for padding where there is any.
template <class Arch, lie rows_lie, class F, class First, class... Rows>
[[gnu::always_inline]] inline void each(F f, First first, Rows... rows) noexcept {
  using T = std::remove_const_t<typename First::element>;
  using P = register_for<T, First::size, Arch>;
  constexpr bool padded = rows_lie == lie::in_lines;
  for (std::size_t s = 0; s < first.samples(); ++s)
    for_each_register<First::size, P>([&]<std::size_t n>(std::size_t i) __attribute__((always_inline)) {
      const auto get = [](auto at) __attribute__((always_inline)) {
        if constexpr (!std::is_pointer_v<decltype(at)>) return P(T(0));
        else if constexpr (padded) return P::load(at);
        else return P::template load_first<n>(at);
      };
      const auto store = [](T* at, P value) __attribute__((always_inline)) {
        if constexpr (padded) keep_first<n>(value).store(at);
        else value.template store_first<n>(at);
      };
      const auto put = [&](auto at, P value) __attribute__((always_inline)) {
        if constexpr (!std::is_pointer_v<decltype(at)>) store(at.at, value);
        else if constexpr (!std::is_const_v<std::remove_pointer_t<decltype(at)>>) store(at, value);
      };
      [&](auto... at) __attribute__((always_inline)) {
        [&](auto... v) __attribute__((always_inline)) {
          f(v...);
          (put(at, v), ...);
        }(get(at)...);
      }(first[s] + i, (rows[s] + i)...);
    });
}

// y = f(x...)
template <class Arch, lie rows_lie, class F, class Y, class... X>
[[gnu::always_inline]] inline void map(F f, Y y, X... x) noexcept {
  const auto one = [f](auto& to, auto... v) __attribute__((always_inline)) { to = std::remove_reference_t<decltype(to)>(f(v...)); };
  each<Arch, rows_lie>(one, written<Y>{y}, detail::as_read(x)...);
}

// y = f(x...).value and slope = f(x...).derivative
template <class Arch, class F, class Y, class D, class... X>
[[gnu::always_inline]] inline void map_both(F f, Y y, D slope, X... x) noexcept {
  const auto both = [f](auto& to, auto& slope, auto... v) __attribute__((always_inline)) {
    const auto at = f(v...);
    to = at.value, slope = at.derivative;
  };
  each<Arch, lie::in_lines>(both, written<Y>{y}, written<D>{slope}, detail::as_read(x)...);
}

// total[c] += f(x[s][c]...) over such rows; two chains hide half of an addition's latency.
template <class Arch, class F, class Y, class First, class... X>
inline void sum_rows(F f, Y total, First first, X... x) noexcept {
  using T = typename Y::element;
  using P = register_for<T, Y::size, Arch>;
  const std::size_t count = first.samples();
  for_each_register<Y::size, P>([&]<std::size_t n>(std::size_t i) __attribute__((always_inline)) {
    P sums[2] = {P::template load_first<n>(total[0] + i), P(T(0))};
    const auto of = [&](std::size_t s) __attribute__((always_inline)) {
      return P(f(P::template load_first<n>(first[s] + i), P::template load_first<n>(x[s] + i)...));
    };
    std::size_t s = 0;
    for (; s + 2 <= count; s += 2) sums[0] = sums[0] + of(s), sums[1] = sums[1] + of(s + 1);
    if (s < count) sums[0] = sums[0] + of(s);
    (sums[0] + sums[1]).template store_first<n>(total[0] + i);
  });
}

// gradient[i] = scale * f'(output, target) of one sample; returns the sum of f over its elements.
template <class Arch, class F, class Y, class Target, class G, class T>
inline T value_and_gradient(F f, Y output, Target target, G gradient, T scale) noexcept {
  using P = register_for<T, Y::size, Arch>;
  P sum(T(0));
  for_each_register<Y::size, P>([&]<std::size_t n>(std::size_t i) __attribute__((always_inline)) {
    const auto at = f(P::load(output.data + i), P::load(target.data + i));
    sum = sum + keep_first<n>(at.value);
    keep_first<n>(at.derivative * P(scale)).store(gradient.data + i);
  });
  return fold_lanes(sum, [](P a, P b) { return a + b; });
}

// The largest of x[i] of one sample; a NaN may or may not be seen.
template <class Arch, class X>
inline auto largest(X x) noexcept {
  using T = std::remove_const_t<typename X::element>;
  using P = register_for<T, X::size, Arch>;
  constexpr std::size_t last = (registers<P, X::size> - 1) * P::lanes;
  P most = keep_first<X::size - last>(P::load(x.data + last), P(-math::ieee<T>::largest));
  for (std::size_t i = 0; i < last; i += P::lanes) most = maximum(P::load(x.data + i), most);
  return fold_lanes(most, [](P a, P b) { return maximum(a, b); });
}

// Whether any lane is above the bound and finite.
template <class P, class T>
inline bool any_above(T bound, P x) noexcept {
  return any((x > P(bound)) & (x <= P(math::ieee<T>::largest)));
}

// Whether the largest |x[i]| of n numbers, of any alignment, is above the bound and finite. A NaN counts as none of them.
template <class P, class T>
inline bool any_above(T bound, const T* x, std::size_t n) noexcept {
  if (n < P::lanes) {
    if constexpr (P::lanes > 16 / sizeof(T)) {
      using half = pack<T, typename xsimd::make_sized_batch_t<T, P::lanes / 2>::arch_type>;
      return any_above<half>(bound, x, n);
    } else {
      bool found = false;
      for (std::size_t i = 0; i < n; ++i) found |= any_above(bound, P(math::absolute(x[i])));
      return found;
    }
  }
  constexpr std::size_t chains = 4; // a maximum waits for the one before
  P most[chains] = {absolute(P::load_unaligned(x + n - P::lanes)), P(T(0)), P(T(0)), P(T(0))};
  std::size_t i = 0;
  for (; i + chains * P::lanes <= n; i += chains * P::lanes)
#pragma GCC unroll 4
    for (std::size_t c = 0; c < chains; ++c) most[c] = maximum(absolute(P::load_unaligned(x + i + c * P::lanes)), most[c]);
  for (; i + P::lanes <= n; i += P::lanes) most[0] = maximum(absolute(P::load_unaligned(x + i)), most[0]);
  return any_above(bound, maximum(maximum(most[0], most[1]), maximum(most[2], most[3])));
}

// The same of all rows, whose padding is zero as far as registers go.
template <class Arch, class T, class X>
inline bool any_above(T bound, X x) noexcept {
  if constexpr (X::stride == X::size) {
    return any_above<pack<T, Arch>>(bound, x.data, x.samples() * X::size);
  } else {
    using P = register_for<T, X::size, Arch>;
    P most(T(0));
    for (std::size_t s = 0; s < x.samples(); ++s)
      for (std::size_t i = 0; i < X::size; i += P::lanes) most = maximum(absolute(P::load(x[s] + i)), most);
    return any_above(bound, most);
  }
}

/// Whether a row ends in padding to the end of its last register.
template <class Rows, class P>
inline constexpr bool ends_in_padding = registers<P, Rows::size> * P::lanes <= end_of_row<Rows>;

// The n numbers of a row in the register at `from`, and zeros. A compiler that still has what was stored there need not read it.
template <std::size_t n, class X, class P>
[[gnu::always_inline]] inline P get(const typename P::scalar* from) noexcept {
  if constexpr (X::foreign) return flush_denormal(P::template load_first<n>(from));
  else if constexpr (ends_in_padding<X, P>) return keep_first<n>(P::load_unaligned(from));
  else return P::template load_first<n>(from);
}
template <std::size_t n, class Y, class P>
[[gnu::always_inline]] inline void put(P numbers, typename P::scalar* to) noexcept {
  if constexpr (ends_in_padding<Y, P>) numbers.store_unaligned(to);
  else numbers.template store_first<n>(to);
}

// y = x, and zero in the padding of y: in the registers in which y is read next, which a line written in parts keeps waiting.
template <class Arch, class X, class Y>
[[gnu::always_inline]] inline void copy_rows(X x, Y y) noexcept {
  using T = typename Y::element;
  using P = register_for<T, X::size, Arch>;
  for (std::size_t s = 0; s < x.samples(); ++s) {
    for_each_register<X::size, P>([&]<std::size_t n>(std::size_t i) __attribute__((always_inline)) { put<n, Y>(get<n, X, P>(x[s] + i), y[s] + i); });
    for (std::size_t i = registers<P, X::size> * P::lanes; i < end_of_row<Y>; i += P::lanes) P(T(0)).store_unaligned(y[s] + i);
  }
}

// y += x
template <class Arch, class X, class Y>
[[gnu::always_inline]] inline void add_rows(X x, Y y) noexcept {
  using P = register_for<typename Y::element, X::size, Arch>;
  for (std::size_t s = 0; s < x.samples(); ++s)
    for_each_register<X::size, P>([&]<std::size_t n>(std::size_t i) __attribute__((always_inline)) {
      put<n, Y>(get<n, Y, P>(y[s] + i) + get<n, X, P>(x[s] + i), y[s] + i);
    });
}

// f(x) of one number, in every lane: a register read where four bytes were just written waits until they are in the cache.
template <class Arch, class F, real T>
inline T of_one(F f, T x) noexcept {
  using P = register_for<T, 1, Arch>;
  return instruction::first(P(f(P(x))).v);
}

// The sum of f(x[i]...) of one sample.
template <class Arch, class F, class First, class... X>
inline auto sum(F f, First first, X... x) noexcept {
  using T = std::remove_const_t<typename First::element>;
  using P = register_for<T, First::size, Arch>;
  constexpr std::size_t last = (registers<P, First::size> - 1) * P::lanes;
  P total = keep_first<First::size - last>(P(f(P::load(first.data + last), P::load(x.data + last)...)));
  for (std::size_t i = 0; i < last; i += P::lanes) total = total + f(P::load(first.data + i), P::load(x.data + i)...);
  return fold_lanes(total, [](P a, P b) { return a + b; });
}

// The sum of (scale x[i])² of n numbers, a multiple of the alignment. Four chains hide the latency of an addition; blocks
// are summed up in double, so that the error does not grow with n.
template <class Arch, class T>
inline double sum_of_squares(std::size_t n, const T* x, T scale) noexcept {
  using P = pack<T, Arch>;
  constexpr std::size_t chains = 4, block = 1024;
  double total = 0;
  for (std::size_t i = 0; i < n;) {
    const std::size_t end = n - i < block ? n : i + block;
    P sums[chains] = {P(T(0)), P(T(0)), P(T(0)), P(T(0))};
    for (; i + chains * P::lanes <= end; i += chains * P::lanes)
#pragma GCC unroll 4
      for (std::size_t k = 0; k < chains; ++k) {
        const P v = P::load(x + i + k * P::lanes) * P(scale);
        sums[k] = multiply_add(v, v, sums[k]);
      }
    for (; i < end; i += P::lanes) {
      const P v = P::load(x + i) * P(scale);
      sums[0] = multiply_add(v, v, sums[0]);
    }
    total += static_cast<double>(fold_lanes((sums[0] + sums[1]) + (sums[2] + sums[3]), [](P a, P b) { return a + b; }));
  }
  return total;
}

} // namespace inlay::kernel::simd
