#pragma once

#include "inlay/kernel/simd/tile.hpp"

#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// Writes σ(z) to y from o on, and σ′(z) to `derivative` unless that is nullptr.
template <class Activation, class P, class T, class D>
[[gnu::always_inline]] inline void activate(P z, std::size_t o, T* y, D derivative) noexcept {
  auto a = Activation::at(z); // not const: activation.hpp
  a.value.store(y + o);
  if constexpr (!std::is_null_pointer_v<D>) a.derivative.store(derivative + o);
}

/// Where the derivatives of a sample go: nullptr, or its row.
constexpr std::nullptr_t row_of(std::nullptr_t, std::size_t) noexcept { return nullptr; }
template <class D>
constexpr auto row_of(D derivative, std::size_t sample) noexcept {
  return derivative[sample];
}

/// z[0] becomes the sum of n rows of registers, added as a tree, in columns `begin` to `end`.
template <std::size_t n, std::size_t begin, std::size_t end, std::size_t C, class P>
[[gnu::always_inline]] inline void sum_groups(P (*z)[C]) noexcept {
  if constexpr (n > 1) {
    constexpr std::size_t half = (n + 1) / 2;
#pragma GCC unroll 16
    for (std::size_t g = 0; g < n / 2; ++g)
#pragma GCC unroll 16
      for (std::size_t k = begin; k < end; ++k) z[g][k] = z[g][k] + z[g + half][k];
    sum_groups<half, begin, end>(z);
  }
}

/// What chains of additions begin with, in multiples that cancel in the end: no sum on the way is denormal, and z is zero
/// or at least 2^-123 (2^-1012), whatever w and x are. In batches the thread's mode sees to that.
template <scalar T>
inline constexpr T speck = std::is_same_v<T, float> ? T(0x1p-100) : T(0x1p-960);

// One sample: a load problem. Each weight is read once.
// w: (In, Out) panels; bias: (Out padded); x: (In); y, derivative: (Out padded)
template <class Activation, class P, class Panels, bool foreign, class T, class D>
[[gnu::always_inline]] inline void forward_one(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  constexpr std::size_t most = at_once(8);
  for_each_strip<most, P, Panels>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns;
    using plan = forward_plan<P, Panels::inputs, C>;
    constexpr bool alone = plan::groups == 1;
    const T* row = w + at.offset;
    P z[plan::groups][C];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k)
      z[0][k] = P::load(bias + at.column + k * P::lanes) + P(alone ? speck<T> : -T(plan::groups - 1) * speck<T>);
#pragma GCC unroll 16
    for (std::size_t g = 1; g < plan::groups; ++g)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) z[g][k] = P(speck<T>);
    constexpr bool from_register = handed_over<P, Panels> && plan::read == 1 && !foreign;
    const auto input = [&]<std::size_t n>(std::size_t i) __attribute__((always_inline)) {
      if constexpr (foreign) return flush_denormal(P::template load_some<n>(x + i));
      else if constexpr (from_register) return P::template handed_over<Panels::inputs>(x, i);
      else return P::template load_some<n>(x + i);
    };
    constexpr bool halves = plan::halves && !foreign; // the first layer gains 1 ns by it and takes 0.04 s to compile
    // Each group reads a part of the inputs of its own. From registers they take turns, or a register of inputs for each
    // group would be needed at a time (g++, Zen 5, AVX2: 4-16-16-2 waiting 24.1 -> 22.1 ns).
    constexpr std::size_t apart = from_register ? 1 : plan::steps * plan::read;
    constexpr std::size_t stride = from_register ? plan::groups : plan::read;
    // The bounds of what is unrolled are template parameters: clang does not wait for those it learns by inlining.
    const auto multiply = [&]<std::size_t begin, std::size_t end>(std::size_t first) __attribute__((always_inline)) {
      P some[plan::groups];
#pragma GCC unroll 16
      for (std::size_t g = 0; g < plan::groups; ++g) some[g] = input.template operator()<plan::read>(first + g * apart);
#pragma GCC unroll 16
      for (std::size_t n = 0; n < plan::read; ++n)
#pragma GCC unroll 16
        for (std::size_t g = 0; g < plan::groups; ++g) {
          const P x_i = some[g].template spread<plan::read>(n);
#pragma GCC unroll 16
          for (std::size_t k = begin; k < end; ++k)
            z[g][k] = multiply_add(x_i, P::load(row + (first + g * apart + n) * at.step + k * P::lanes), z[g][k]);
        }
    };
    const auto finish = [&]<std::size_t begin, std::size_t end>() __attribute__((always_inline)) {
      sum_groups<plan::groups, begin, end>(z);
#pragma GCC unroll 16
      for (std::size_t k = begin; k < end; ++k)
        activate<Activation>(alone ? z[0][k] - P(speck<T>) : z[0][k], at.column + k * P::lanes, y, derivative);
    };
#pragma GCC unroll 32
    for (std::size_t i = plan::steps * plan::groups * plan::read; i < Panels::inputs; ++i) {
      const P x_i = input.template operator()<1>(i);
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k)
        z[i % plan::groups][k] = multiply_add(x_i, P::load(row + i * at.step + k * P::lanes), z[i % plan::groups][k]);
    }
    for (std::size_t n = 0; n + halves < plan::steps; ++n) multiply.template operator()<0, C>(n * stride);
    if constexpr (halves) {
      constexpr std::size_t last = apart - plan::read;
      multiply.template operator()<0, C / 2>(last);
      finish.template operator()<0, C / 2>();
      multiply.template operator()<C / 2, C>(last);
      finish.template operator()<C / 2, C>();
    } else {
      finish.template operator()<0, C>();
    }
  });
}

/// The same as a function: layers of one shape share its code.
template <class Activation, class P, class Panels, bool foreign, class T, class D>
inline void call_forward_one(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  forward_one<Activation, P, Panels, foreign>(w, bias, x, y, derivative);
}

// Many samples: a register-blocking problem.
// w: (In, Out) panels; bias: (Out padded); x: (samples, In); y, derivative: (samples, Out padded)
template <class Activation, class P, class Panels, class X, class Y, class D>
inline void forward_many(const typename P::scalar* w, const typename P::scalar* bias, X x, Y y, D derivative) noexcept {
  for_each_strip<tile_shape<P>::columns, P, Panels>([&](auto at) __attribute__((always_inline)) {
    constexpr std::size_t C = at.columns;
    for_each_group<tile_shape<P>::rows(C), X::capacity>(x.samples(), [&]<std::size_t R>(std::size_t sample) {
      P z[R][C];
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) {
        const P b = P::load(bias + at.column + k * P::lanes);
#pragma GCC unroll 16
        for (std::size_t r = 0; r < R; ++r) z[r][k] = b;
      }
      multiply_tile<R, C>(z, x[sample], X::stride, 1, w + at.offset, at.step, Panels::inputs);
#pragma GCC unroll 16
      for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < C; ++k)
          activate<Activation>(z[r][k], at.column + k * P::lanes, y[sample + r], row_of(derivative, sample + r));
    });
  });
}

template <class Activation, class Arch, class Panels, class T, class X, class Y, class D>
inline void forward(const T* w, const T* bias, X x, Y y, D derivative) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  // One type for rows of ours and of the caller's: layers of one shape share their code.
  using only_read = rows<const T, X::capacity, X::size, X::stride>;
  if constexpr (X::capacity > 1 && instruction::checked)
    call([&] { forward_many<Activation, P, Panels>(w, bias, only_read{x.data, x.count}, y, derivative); });
  else if constexpr (X::capacity > 1)
    forward_many<Activation, P, Panels>(w, bias, only_read{x.data, x.count}, y, derivative);
  else if constexpr (inlined<P, Panels>)
    forward_one<Activation, P, Panels, X::foreign>(w, bias, x.data, y.data, row_of(derivative, 0));
  else call_forward_one<Activation, P, Panels, X::foreign>(w, bias, x.data, y.data, row_of(derivative, 0));
}

} // namespace inlay::kernel::simd
