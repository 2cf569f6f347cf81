#pragma once

#include "inlay/kernel/simd/chains.hpp"
#include "inlay/kernel/simd/plan.hpp"
#include "inlay/kernel/simd/transposition.hpp"

#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// One sample through a layer of few outputs, whose row fills at most half of Wide: the weights of several inputs, one behind
/// the other in storage, are one register, and its parts are added in the end.
// Its members are registers: each step is part of the caller.
template <class P, class Wide, class Panels, bool foreign>
struct narrow_of_one {
  using T = typename P::scalar;
  static constexpr std::size_t length = P::lanes, together = Wide::lanes / length, inputs = Panels::inputs;
  /// Inputs read at a time: a register of them where its lanes may go anywhere in one instruction, else 16 bytes again and again.
  static constexpr std::size_t quarter = 16 / sizeof(T), read = sizeof(Wide) == 64 || together > quarter ? Wide::lanes : quarter;
  static constexpr std::size_t groups = forward_plan<Wide, inputs / together, 1>::groups;
  static constexpr bool from_register = handed_over<P, Panels> && !foreign;
  static_assert(Panels::row_length == length && Panels::panel_count == 1);

  const T *w, *x;
  Wide z[groups][1];

  [[gnu::always_inline]] narrow_of_one(const T* w, const T* x) noexcept : w(w), x(x) {}

  /// n inputs from i on, again and again.
  template <std::size_t n>
  [[gnu::always_inline]] Wide some(std::size_t i) const noexcept {
    Wide found;
    if constexpr (n == Wide::lanes) found = Wide::load_unaligned(x + i);
    else if constexpr (n == quarter) found = Wide(instruction::load_quarter<T, typename Wide::arch>(x + i));
    else found = Wide(instruction::repeat<typename Wide::batch>(xsimd::make_sized_batch_t<T, n>::load_unaligned(x + i)));
    if constexpr (foreign) return flush_denormal(found);
    else return found;
  }
  /// Registers of weights of n inputs from i on, of which the first goes to `group`.
  template <std::size_t n>
  [[gnu::always_inline]] void multiply(std::size_t i, std::size_t group) noexcept {
    const Wide x_i = some<n>(i);
    [&]<std::size_t... k>(std::index_sequence<k...>) __attribute__((always_inline)) {
      (add(Wide(instruction::spread_run<length, k * together, n>(x_i.v)), i + k * together, (group + k) % groups), ...);
    }(std::make_index_sequence<n / together>{});
  }
  [[gnu::always_inline]] void add(Wide x_i, std::size_t i, std::size_t group) noexcept {
    z[group][0] = multiply_add(x_i, Wide::load(w + i * length), z[group][0]);
  }
  /// The same from a register that the layer before has left.
  template <std::size_t i>
  [[gnu::always_inline]] Wide handed_over_from() const noexcept {
    constexpr std::size_t at = i % Wide::lanes;
    const Wide whole = Wide::load_unaligned(x + i - at);
    if constexpr (read == Wide::lanes) return Wide(instruction::spread_run<length, at, read>(whole.v));
    else return Wide(instruction::spread_run<length, i % quarter, quarter>(instruction::repeat_quarter<at / quarter, typename Wide::batch>(whole.v)));
  }

  /// z
  [[gnu::always_inline]] P run(const T* bias) noexcept {
    constexpr std::size_t least = together > quarter ? together : quarter, whole = inputs / least * least;
    const P first = P::load(bias) - P(T(groups * together + (whole < inputs)) * speck<T>);
    z[0][0] = Wide(instruction::widened<typename Wide::batch>(first.v)) + Wide(speck<T>);
#pragma GCC unroll 16
    for (std::size_t g = 1; g < groups; ++g) z[g][0] = Wide(speck<T>);
    if constexpr (from_register) {
      [&]<std::size_t... k>(std::index_sequence<k...>) __attribute__((always_inline)) {
        (add(handed_over_from<k * together>(), k * together, k % groups), ...);
      }(std::make_index_sequence<whole / together>{});
    } else {
      constexpr std::size_t of_a_read = read / together, turn = ceil_div(groups, of_a_read) * read, even = whole / turn * turn;
      for (std::size_t i = 0; i < even; i += turn)
#pragma GCC unroll 16
        for (std::size_t k = 0; k < turn; k += read) multiply<read>(i + k, k / together);
#pragma GCC unroll 16
      for (std::size_t i = even; i < whole; i += least) multiply<least>(i, i / together);
    }
    sum_groups<groups, 0, 1>(z);
    if constexpr (whole == inputs) {
      return P(folded<16>(z[0][0]).v);
    } else {
      P rest(speck<T>);
#pragma GCC unroll 8
      for (std::size_t i = whole; i < inputs; ++i) rest = multiply_add(one(i), P::load(w + i * length), rest);
      return P(folded<16>(z[0][0]).v) + rest;
    }
  }

private:
  [[gnu::always_inline]] P one(std::size_t i) const noexcept {
    if constexpr (foreign) return flush_denormal(P(x[i]));
    else return P(x[i]);
  }
};

} // namespace inlay::kernel::simd
