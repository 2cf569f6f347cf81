#include "catch.hpp"

#include "inlay/math/polynomial.hpp"

TEMPLATE_TEST_CASE("both rules give the polynomial", "[math]", float, double) {
  using T = TestType;
  STATIC_REQUIRE(inlay::math::horner(T(3), T(7)) == 7);
  STATIC_REQUIRE(inlay::math::horner(T(3), T(1), T(2), T(4), T(5), T(6)) == 1 + 2 * 3 + 4 * 9 + 5 * 27 + 6 * 81);
  STATIC_REQUIRE(inlay::math::polynomial(T(3), T(9), T(7)) == 7);
  STATIC_REQUIRE(inlay::math::polynomial(T(3), T(9), T(7), T(2)) == 13);
  STATIC_REQUIRE(inlay::math::polynomial(T(3), T(9), T(1), T(2), T(4), T(5), T(6)) ==
                 1 + 2 * 3 + 4 * 9 + 5 * 27 + 6 * 81);
  STATIC_REQUIRE(inlay::math::polynomial(T(2), T(4), T(1), T(1), T(1), T(1), T(1), T(1)) == 63);
}
