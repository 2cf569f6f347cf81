#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/accuracy.hpp"
#include "inlay/math/polynomial.hpp"

/// Activations that trade digits for speed.
namespace inlay {

/// tanh to 0.0033, relative too: an odd polynomial up to ±2.88, constant beyond (±0.9968). 9 instructions where tanh
/// takes 18. Monotone; σ′ is its own derivative and differs from that of tanh by at most 0.033.
struct fast_tanh {
  static constexpr description described{.name = "fast_tanh", .header = "inlay/activation/fast.hpp"};
  static constexpr approximation error{.value = 0.0033, .derivative = 0.033};

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    // Of all monotone polynomials of degree 11 the least relative error, by linear programming; flat at 2.88.
    constexpr T c1 = T(0.996824622), c3 = T(-0.304083884), c5 = T(0.0825529918), c7 = T(-0.0138541264),
                c9 = T(0.00122145109), c11 = T(-4.28838212e-05);
    const V x = minimum(V(T(2.88)), maximum(V(T(-2.88)), z));
    const V x2 = product(x, x);
    return {x * horner(x2, c1, c3, c5, c7, c9, c11),
            maximum(V(T(0)), horner(x2, c1, 3 * c3, 5 * c5, 7 * c7, 9 * c9, 11 * c11))};
  }
};

/// sigmoid to 0.0017: (1 + fast_tanh(z / 2)) / 2, between 0.0016 and 0.9984. 9 instructions where sigmoid takes 19.
/// Monotone; σ′ is its own derivative and differs from that of the sigmoid by at most 0.0083.
struct fast_sigmoid {
  static constexpr description described{.name = "fast_sigmoid", .header = "inlay/activation/fast.hpp"};
  static constexpr approximation error{.value = 0.0017, .derivative = 0.0083};

  template <class V>
  [[gnu::always_inline]] static constexpr value_and_derivative<V> at(V z) noexcept {
    using T = math::scalar_of<V>;
    using namespace math;
    constexpr T c1 = T(0.249206156), c3 = T(-0.0190052427), c5 = T(0.0012898905), c7 = T(-5.41176814e-05),
                c9 = T(1.19282333e-06), c11 = T(-1.04696829e-08);
    const V x = minimum(V(T(5.76)), maximum(V(T(-5.76)), z));
    const V x2 = product(x, x);
    return {multiply_add(x, horner(x2, c1, c3, c5, c7, c9, c11), V(T(0.5))),
            maximum(V(T(0)), horner(x2, c1, 3 * c3, 5 * c5, 7 * c7, 9 * c9, 11 * c11))};
  }
};

} // namespace inlay
