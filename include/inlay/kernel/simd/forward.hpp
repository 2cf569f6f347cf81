#pragma once

#include "inlay/kernel/simd/chains.hpp"
#include "inlay/kernel/simd/narrow.hpp"
#include "inlay/kernel/simd/tile.hpp"

#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// Writes σ(z), z widened by zeros to a register of the row, to y from o on, and σ′(z) to `derivative` unless that is nullptr.
template <class Activation, class Row, class P, class T, class D>
[[gnu::always_inline]] inline void activate(P z, std::size_t o, T* y, D derivative) noexcept {
  if constexpr (Row::lanes > P::lanes) {
    activate<Activation, Row>(Row(instruction::widened<typename Row::batch>(z.v)), o, y, derivative);
  } else {
    auto a = Activation::at(z); // not const: activation.hpp
    a.value.store(y + o);
    if constexpr (!std::is_null_pointer_v<D>) a.derivative.store(derivative + o);
  }
}

/// Where the derivatives of a sample go: nullptr, or its row.
constexpr std::nullptr_t row_of(std::nullptr_t, std::size_t) noexcept { return nullptr; }
template <class D>
constexpr auto row_of(D derivative, std::size_t sample) noexcept {
  return derivative[sample];
}

/// One sample through one strip of outputs: z = begin, rest, multiply for each step, finish.
// Its members are registers: each step is part of the caller.
template <class Activation, class P, class Row, class Panels, bool foreign, class At, class T, class D>
struct strip_of_one {
  static constexpr std::size_t C = At::columns;
  using plan = forward_plan<P, Panels::inputs, C>;
  static constexpr std::size_t groups = plan::groups, read = plan::read, whole = plan::steps * groups * read;
  static constexpr bool alone = groups == 1;
  static constexpr bool from_register = handed_over<P, Panels> && read == 1 && !foreign;
  static constexpr bool halves = plan::halves && immediate<Activation> && !foreign; // the first layer gains next to nothing by it and takes long to compile
  // Each group reads a part of the inputs of its own. From registers they take turns, or a register of inputs for each group
  // would be needed at a time.
  static constexpr std::size_t apart = from_register ? 1 : plan::steps * read;
  static constexpr std::size_t stride = from_register ? groups : read;

  const T *w, *x;
  At at;
  T* y;
  D derivative;
  P z[groups][C];

  [[gnu::always_inline]] strip_of_one(const T* w, const T* x, At at, T* y, D derivative) noexcept
      : w(w), x(x), at(at), y(y), derivative(derivative) {}

  /// The weights of input i that register k of the strip is multiplied with.
  [[gnu::always_inline]] P weights(std::size_t i, std::size_t k) const noexcept {
    return P::load(w + at.offset + i * At::step + k * P::lanes);
  }
  /// n inputs from i on.
  template <std::size_t n>
  [[gnu::always_inline]] P inputs(std::size_t i) const noexcept {
    if constexpr (foreign) return flush_denormal(P::template load_some<n>(x + i));
    else if constexpr (from_register) return P::template handed_over<Panels::inputs>(x, i);
    else return P::template load_some<n>(x + i);
  }
  [[gnu::always_inline]] void begin(const T* bias) noexcept {
#pragma GCC unroll 16
    for (std::size_t k = 0; k < C; ++k)
      z[0][k] = P::load(bias + at.column + k * P::lanes) + P(alone ? speck<T> : -T(groups - 1) * speck<T>);
#pragma GCC unroll 16
    for (std::size_t g = 1; g < groups; ++g)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) z[g][k] = P(speck<T>);
  }
  /// What is left of the inputs by whole steps.
  [[gnu::always_inline]] void rest() noexcept {
#pragma GCC unroll 32
    for (std::size_t i = whole; i < Panels::inputs; ++i) {
      const P x_i = inputs<1>(i);
#pragma GCC unroll 16
      for (std::size_t k = 0; k < C; ++k) z[i % groups][k] = multiply_add(x_i, weights(i, k), z[i % groups][k]);
    }
  }
  /// A step of every group, for the registers from `first` to `end`: template parameters, because clang does not wait for bounds
  /// that it learns by inlining.
  template <std::size_t first, std::size_t end>
  [[gnu::always_inline]] void multiply(std::size_t i) noexcept {
    P some[groups];
#pragma GCC unroll 16
    for (std::size_t g = 0; g < groups; ++g) some[g] = inputs<read>(i + g * apart);
#pragma GCC unroll 16
    for (std::size_t n = 0; n < read; ++n)
#pragma GCC unroll 16
      for (std::size_t g = 0; g < groups; ++g) {
        const P x_i = some[g].template spread<read>(n);
#pragma GCC unroll 16
        for (std::size_t k = first; k < end; ++k) z[g][k] = multiply_add(x_i, weights(i + g * apart + n, k), z[g][k]);
      }
  }
  template <std::size_t first, std::size_t end>
  [[gnu::always_inline]] void finish() noexcept {
    sum_groups<groups, first, end>(z);
#pragma GCC unroll 16
    for (std::size_t k = first; k < end; ++k)
      activate<Activation, Row>(alone ? z[0][k] - P(speck<T>) : z[0][k], at.column + k * P::lanes, y, derivative);
  }

  [[gnu::always_inline]] void run(const T* bias) noexcept {
    begin(bias);
    rest();
    for (std::size_t n = 0; n + halves < plan::steps; ++n) multiply<0, C>(n * stride);
    if constexpr (halves) {
      multiply<0, C / 2>(apart - read);
      finish<0, C / 2>();
      multiply<C / 2, C>(apart - read);
      finish<C / 2, C>();
    } else {
      finish<0, C>();
    }
  }
};

// One sample: a load problem. Each weight is read once.
// w: (In, Out) panels; bias: (Out padded); x: (In); y, derivative: (Out padded)
template <class Activation, class P, class Row, class Native, class Panels, bool foreign, class T, class D>
[[gnu::always_inline]] inline void forward_one(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  if constexpr (several_inputs<P, Native, Panels, foreign>)
    activate<Activation, Row>(narrow_of_one<P, Native, Panels, foreign>(w, x).run(bias), 0, y, derivative);
  else
    for_each_strip<at_once(8), P, Panels>([&](auto at) __attribute__((always_inline)) {
      strip_of_one<Activation, P, Row, Panels, foreign, decltype(at), T, D>(w, x, at, y, derivative).run(bias);
    });
}

/// The same as a function: layers of one shape share its code.
template <class Activation, class P, class Row, class Native, class Panels, bool foreign, class T, class D>
inline void call_forward_one(const T* w, const T* bias, const T* x, T* y, D derivative) noexcept {
  forward_one<Activation, P, Row, Native, Panels, foreign>(w, bias, x, y, derivative);
}

// Many samples: a register-blocking problem.
// w: (In, Out) panels; bias: (Out padded); x: (samples, In); y, derivative: (samples, Out padded)
template <class Activation, class P, class Row, class Panels, class X, class Y, class D>
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
          activate<Activation, Row>(z[r][k], at.column + k * P::lanes, y[sample + r], row_of(derivative, sample + r));
    });
  });
}

template <class Activation, class Arch, class Panels, class T, class X, class Y, class D>
[[gnu::always_inline]] inline void forward(const T* w, const T* bias, X x, Y y, D derivative) noexcept {
  using P = register_for<T, Panels::outputs, Arch>;
  using Row = register_for<T, Y::size, Arch>; // a row of y may have more than these outputs
  // One type for rows of ours and of the caller's: layers of one shape share their code.
  using only_read = rows<const T, X::capacity, X::size, X::stride>;
  if constexpr (X::capacity > 1 && instruction::checked)
    call([&] { forward_many<Activation, P, Row, Panels>(w, bias, only_read{x.data, x.count}, y, derivative); });
  else if constexpr (X::capacity > 1)
    forward_many<Activation, P, Row, Panels>(w, bias, only_read{x.data, x.count}, y, derivative);
  else if constexpr (inlined<P, Panels>)
    forward_one<Activation, P, Row, pack<T, Arch>, Panels, X::foreign>(w, bias, x.data, y.data, row_of(derivative, 0));
  else call_forward_one<Activation, P, Row, pack<T, Arch>, Panels, X::foreign>(w, bias, x.data, y.data, row_of(derivative, 0));
}

} // namespace inlay::kernel::simd
