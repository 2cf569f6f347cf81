#include "math/law.hpp"

#include "inlay/math/normal_tail.hpp"

using namespace inlay;

TEMPLATE_TEST_CASE("the normal tail is within 16 ULP, and 8 times its argument, as far as it is a normal number",
                   "[math]", float, double) {
  using T = TestType;
  constexpr T bound = math::normal_tail_bound<T>;
  const auto tail = [](auto y) {
    const auto [e, ratio, ratio_times_y] = math::normal_tail(y);
    return e * ratio;
  };
  const auto times_y = [](auto y) {
    const auto [e, ratio, ratio_times_y] = math::normal_tail(y);
    return e * ratio_times_y;
  };
  const auto exact = [](auto y) { return std::erfc(y / std::sqrt(decltype(y)(2))) / 2; };
  CHECK(laws::accurate<T>(tail, exact, laws::between<T>(0, bound * T(0.98), 4000), 16) == "");
  CHECK(laws::accurate<T>(
            times_y, [=](auto y) { return y * exact(y); }, laws::between<T>(0, bound, 4000), 8) == "");
  STATIC_REQUIRE(math::normal_tail(bound * T(1.01)).exponential == 0);
  STATIC_REQUIRE(math::normal_tail(T(0)).ratio_times_y == 0);
}
