#include "math/law.hpp"

#include "inlay/math/logarithm.hpp"

#include <limits>

using namespace inlay;

TEMPLATE_TEST_CASE("log is within 2 ULP", "[math]", float, double) {
  using T = TestType;
  using limits = std::numeric_limits<T>;
  const auto log = [](auto z) { return math::log(z); };
  const auto exact = [](auto z) { return std::log(z); };
  CHECK(laws::accurate<T>(log, exact, laws::between<T>(T(0.25), T(4), 4000), 2) == "");
  CHECK(laws::accurate<T>(log, exact, laws::between<T>(T(0.999), T(1.001), 4000), 2) == "");
  CHECK(laws::accurate<T>(log, exact, laws::between<T>(limits::min(), 1 / limits::max() * 100, 100), 2) == "");
  CHECK(laws::accurate<T>(log, exact, laws::between<T>(1, limits::max(), 4000), 2) == "");
  CHECK(laws::accurate<T>(log, exact, {T(0), T(-1), -limits::infinity(), limits::infinity(), limits::quiet_NaN(), T(1)},
                          0) == "");
  STATIC_REQUIRE(math::log(T(1)) == 0);
  STATIC_REQUIRE(math::log(limits::denorm_min()) == -limits::infinity());
}

TEMPLATE_TEST_CASE("log1p is within 2 ULP from -1/2 to 1", "[math]", float, double) {
  using T = TestType;
  const auto log1p = [](auto z) { return math::log1p(z); };
  const auto exact = [](auto z) { return std::log1p(z); };
  CHECK(laws::accurate<T>(log1p, exact, laws::between<T>(T(-0.5), 1, 4000), 2) == "");
  CHECK(laws::accurate<T>(log1p, exact, laws::between<T>(T(-1e-10), T(1e-10), 1000), 2) == "");
  CHECK(laws::accurate<T>(log1p, exact, {T(0), std::numeric_limits<T>::quiet_NaN()}, 0) == "");
}
