#include "math/law.hpp"

#include "inlay/math/exponential.hpp"

#include <limits>

using namespace inlay;

namespace {

constexpr auto exact_exp = [](auto z) { return std::exp(z); };
constexpr auto exact_expm1 = [](auto z) { return std::expm1(z); };

} // namespace

TEMPLATE_TEST_CASE("exp is within 2 ULP, zero for what is denormal, infinite for what is too large", "[math]", float,
                   double) {
  using T = TestType;
  const auto exp = [](auto z) { return math::exp(z); };
  const T large = 2 * math::log_of_largest<T>, inf = std::numeric_limits<T>::infinity();
  CHECK(laws::accurate<T>(exp, exact_exp, laws::between<T>(-large, large, 4000), 2) == "");
  CHECK(laws::accurate<T>(exp, exact_exp, laws::between<T>(-1, 1, 4000), 2) == "");
  CHECK(laws::accurate<T>(exp, exact_exp, laws::between<T>(math::log_of_smallest<T>, math::log_of_largest<T>, 4000),
                          2) == "");
  CHECK(laws::accurate<T>(exp, exact_exp, {inf, -inf, std::numeric_limits<T>::quiet_NaN(), T(1e30), T(-1e30)}, 0) ==
        "");
  STATIC_REQUIRE(math::exp(T(0)) == 1);
  STATIC_REQUIRE(math::exp(T(-1e30)) == 0);
  STATIC_REQUIRE(math::exp(T(1e30)) == std::numeric_limits<T>::infinity());
  STATIC_REQUIRE(math::exp(T(1)) >= T(2.718281));
  STATIC_REQUIRE(math::exp(T(1)) <= T(2.718282));
}

TEMPLATE_TEST_CASE("exp_bounded and expm1_bounded are within 2 and 3 ULP up to their bound", "[math]", float, double) {
  using T = TestType;
  const auto exp = [](auto z) { return math::exp_bounded(z); };
  const auto expm1 = [](auto z) { return math::expm1_bounded(z); };
  const T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  CHECK(laws::accurate<T>(exp, exact_exp, laws::between<T>(2 * math::log_of_smallest<T>, math::exp_bound<T>, 4000),
                          2) == "");
  CHECK(laws::accurate<T>(exp, exact_exp, {-inf, nan, T(-1e30)}, 0) == "");
  CHECK(laws::accurate<T>(expm1, exact_expm1, laws::between<T>(-100, math::exp_bound<T>, 4000), 3) == "");
  CHECK(laws::accurate<T>(expm1, exact_expm1, laws::between<T>(-1, 1, 4000), 3) == "");
  CHECK(laws::accurate<T>(expm1, exact_expm1, {-inf, nan, T(-1e30), T(1e-20), T(-1e-20), T(0)}, 0.5) == "");
}

TEST_CASE("the law of accuracy finds what is wrong", "[math]") {
  const auto wrong = [](auto z) { return math::exp(z) * decltype(z)(1.000001F); };
  CHECK(laws::accurate<float>(wrong, exact_exp, laws::between<float>(-1, 1, 10), 4) != "");
}
