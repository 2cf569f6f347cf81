#pragma once

#include "inlay/kernel/simd/instruction.hpp"
#include "inlay/math/arithmetic.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// One register: xsimd's batch under the names of math/arithmetic.hpp, so that one formula serves scalars and registers.
/// The names are found by argument-dependent lookup.
template <inlay::scalar T, class Arch>
struct pack {
  using scalar = T;
  using arch = Arch;
  using batch = xsimd::batch<T, Arch>;
  using mask = xsimd::batch_bool<T, Arch>;
  using layout = math::ieee<T>;
  using bits = xsimd::batch<typename layout::bits, Arch>;
  static constexpr std::size_t lanes = batch::size;

  batch v;

  pack() = default;
  pack(batch b) noexcept : v(b) {}
  pack(T x) noexcept : v(x) {}

  static pack load(const T* p) noexcept { return instruction::load<T, Arch>(p); }
  static pack load_unaligned(const T* p) noexcept { return batch::load_unaligned(p); }
  /// n numbers at p, of any alignment: one in all lanes, or 16 bytes of them again and again; opaque, because clang would
  /// make each shuffle of them a load.
  template <std::size_t n>
  static pack load_some(const T* p) noexcept {
    if constexpr (n == 1) return pack(*p);
    else return instruction::opaque(instruction::load_quarter<T, Arch>(p));
  }
  /// Number i of those n in all lanes; i is a constant once loops are unrolled.
  // Part of its caller: as a function, which g++ makes of it in a program of many nets, it would ask what i is.
  template <std::size_t n>
  [[gnu::always_inline]] pack spread(std::size_t i) const noexcept {
    if constexpr (n == 1) return *this;
    else if constexpr (n == 2) return i == 0 ? instruction::spread<0>(v) : instruction::spread<1>(v);
    else
      return i == 0   ? instruction::spread<0>(v)
             : i == 1 ? instruction::spread<1>(v)
             : i == 2 ? instruction::spread<2>(v)
                      : instruction::spread<3>(v);
  }
  /// x[i] in all lanes, where x are `count` outputs that the compiler may still have in registers: the widest register they
  /// fill, then the 16 bytes of it that x[i] lies in, again and again, which four numbers share. Of a number alone g++ makes
  /// two shuffles, or on AVX-512 one and a constant.
  // Inlined by decree: of functions that differ in `count` alone g++ 12 takes one for all, and what it knows of that one's i.
  template <std::size_t count, std::size_t width = lanes>
  [[gnu::always_inline]] static pack handed_over(const T* x, std::size_t i) noexcept {
    constexpr std::size_t n = 16 / sizeof(T);
    if constexpr (width < n) {
      return pack(x[i]);
    } else {
      if (i >= count / width * width) return handed_over<count, width / 2>(x, i);
      const auto whole = xsimd::make_sized_batch_t<T, width>::load_unaligned(x + i / width * width);
      return spread_quarter<width / n>(whole, i % width / n, i % n);
    }
  }
  void store(T* p) const noexcept { v.store_aligned(p); }
  void store_unaligned(T* p) const noexcept { v.store_unaligned(p); }
  /// n numbers at p, of any alignment, behind which nothing is read or written.
  template <std::size_t n>
  static pack load_first(const T* p) noexcept {
    return instruction::load_first<n, T, Arch>(p);
  }
  template <std::size_t n>
  void store_first(T* p) const noexcept {
    instruction::store_first<n>(v, p);
  }

  friend pack operator-(pack a) noexcept { return -a.v; }
  friend pack operator+(pack a, pack b) noexcept { return a.v + b.v; }
  friend pack operator-(pack a, pack b) noexcept { return a.v - b.v; }
  friend pack operator*(pack a, pack b) noexcept { return a.v * b.v; }
  friend pack operator/(pack a, pack b) noexcept { return instruction::quotient(a.v, b.v); }
  friend mask operator<(pack a, pack b) noexcept { return a.v < b.v; }
  friend mask operator<=(pack a, pack b) noexcept { return a.v <= b.v; }
  friend mask operator>(pack a, pack b) noexcept { return a.v > b.v; }
  friend mask operator>=(pack a, pack b) noexcept { return a.v >= b.v; }

  friend pack as_written(pack x) noexcept {
    if constexpr (instruction::regroups) return instruction::opaque(x.v);
    else return x;
  }
  friend pack multiply_add(pack a, pack b, pack c) noexcept { return instruction::multiply_add(a.v, b.v, c.v); }
  friend pack negated_multiply_add(pack a, pack b, pack c) noexcept {
    return instruction::negated_multiply_add(a.v, b.v, c.v);
  }
  friend pack product(pack a, pack b) noexcept {
    if constexpr (instruction::fused) return multiply_add(a, b, pack(instruction::opaque(batch(T(-0.0))))); // 0 keeps its sign
    else return a * b;
  }
  // The order of the arguments is the x86 instruction's: b where either is a NaN. NEON gives a NaN for a NaN in a, too.
  friend pack minimum(pack a, pack b) noexcept { return (xsimd::min)(a.v, b.v); }
  friend pack maximum(pack a, pack b) noexcept { return (xsimd::max)(a.v, b.v); }
  friend pack saturating_multiply_add(pack a, pack b, pack c) noexcept {
    const pack largest(math::ieee<T>::largest);
    return minimum(largest, maximum(-largest, multiply_add(a, b, c)));
  }
  friend pack within(pack x, pack, pack) noexcept { return x; }
  friend pack select(mask m, pack yes, pack no) noexcept { return xsimd::select(m, yes.v, no.v); }
  friend bool any(mask m) noexcept { return xsimd::any(m); }
  friend pack absolute(pack x) noexcept { return xsimd::abs(x.v); }
  friend pack copy_sign(pack magnitude, pack sign) noexcept {
    return absolute(magnitude).v | (sign.v & batch(T(-0.0)));
  }
  friend pack upper_half(pack x) noexcept { return x.v & batch(math::bit_cast<T>(layout::upper_half_mask)); }
  friend pack nearest(pack x) noexcept { return xsimd::nearbyint(x.v); }
  friend pack square_root(pack x) noexcept { return instruction::square_root(x.v); }
  friend pack over_root(pack a, pack x, pack b) noexcept {
    if constexpr (std::is_same_v<T, float> && instruction::is_avx512<Arch>) {
      // A step of Newton's on the estimated quotient: 4 instructions where vdivps zmm takes 16 cycles on Intel. An infinite
      // x gives a / 1.8e19.
      const pack divisor = root_plus(minimum(pack(math::ieee<T>::largest), x), b);
      const pack d = instruction::reciprocal_estimate(divisor.v);
      return (a * d) * as_written(negated_multiply_add(divisor, d, pack(T(2))));
    } else {
      return a / (square_root(x) + b);
    }
  }
  friend pack reciprocal(pack x) noexcept {
    if constexpr (std::is_same_v<T, float> && instruction::is_avx512<Arch>) {
      // The estimate and one step of Newton's iteration: 4 cycles of throughput where vdivps zmm takes 16 on Intel.
      const pack r = instruction::reciprocal_estimate(x.v);
      return multiply_add(r, as_written(negated_multiply_add(x, r, pack(T(1)))), r);
    } else {
      return pack(T(1)) / x;
    }
  }
  friend pack divide(pack a, pack b) noexcept {
    if constexpr (std::is_same_v<T, float> && instruction::is_avx512<Arch> && !instruction::fast_division) {
      // One more step from the estimated quotient's exact remainder: three instructions and half a unit of error.
      const pack r = instruction::reciprocal_estimate(b.v);
      const pack quotient = a * r;
      return multiply_add(as_written(negated_multiply_add(quotient, b, a)), r, quotient);
    } else {
      return a / b;
    }
  }
  friend math::integer_and_power<pack> nearest_with_power(pack a, pack b) noexcept {
    constexpr T shifter = exact_integers + T(layout::bias);
    const pack sum = instruction::opaque(multiply_add(a, b, pack(shifter)).v); // -ffast-math would cancel the shifter
    return {sum - pack(shifter), math::bit_cast<batch>(math::bit_cast<bits>(sum.v) << layout::mantissa_bits)};
  }
  friend pack flush_denormal(pack x) noexcept { return instruction::flush_denormal(x.v); }
  // The three below move integers through the low bits of a large float: no instruction set lacks what they need
  // (AVX2 has no conversion between 64-bit integers and doubles).
  friend pack power_of_two(pack n) noexcept {
    const pack biased = n + pack(exact_integers + T(layout::bias));
    return math::bit_cast<batch>(math::bit_cast<bits>(biased.v) << layout::mantissa_bits);
  }
  friend pack exponent(pack x) noexcept {
    const bits raised = (math::bit_cast<bits>(x.v) >> layout::mantissa_bits) | math::bit_cast<bits>(batch(exact_integers));
    return math::bit_cast<batch>(raised) - batch(exact_integers + T(layout::bias));
  }
  friend pack mantissa(pack x) noexcept {
    constexpr auto fraction = (typename layout::bits{1} << layout::mantissa_bits) - 1;
    return math::bit_cast<batch>((math::bit_cast<bits>(x.v) & bits(fraction)) | math::bit_cast<bits>(batch(T(1))));
  }

private:
  /// Number i of the 16 bytes number q, of `quarters`, in all lanes.
  template <std::size_t quarters, std::size_t least = 0, class Whole>
  [[gnu::always_inline]] static pack spread_quarter(Whole whole, std::size_t q, std::size_t i) noexcept {
    if constexpr (least + 1 < quarters)
      if (q > least) return spread_quarter<quarters, least + 1>(whole, q, i);
    return pack(instruction::repeat_quarter<least, batch>(whole)).template spread<16 / sizeof(T)>(i);
  }

  /// √x + b for finite x >= 0.
  static pack root_plus(pack x, pack b) noexcept {
    if constexpr (instruction::fast_division) {
      return square_root(x) + b;
    } else {
      // A step of Newton's on the estimated 1 / √x: 5 instructions where vsqrtps zmm takes 18 cycles. Zero becomes 1e-19.
      x = maximum(pack(math::ieee<T>::smallest), x);
      const pack r = instruction::reciprocal_root_estimate(x.v);
      const pack root = x * r;
      return multiply_add(root, multiply_add(as_written(negated_multiply_add(root, r, pack(T(1)))), pack(T(0.5)), pack(T(1))), b);
    }
  }

  static constexpr T exact_integers = static_cast<T>(std::uint64_t{3} << (layout::mantissa_bits - 1)); // unit spacing
};

} // namespace inlay::kernel::simd
