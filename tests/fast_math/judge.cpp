#include "catch.hpp"

#include "loss.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace fast_math;

namespace {

using wide = long double;

/// Within eight units in the last place, or as good as zero beside one.
template <class T>
bool agrees(T found, wide wanted) {
  const wide unit = std::numeric_limits<T>::epsilon();
  return std::isfinite(found) && std::abs(found - wanted) <= 8 * unit * std::abs(wanted) + unit * unit;
}

std::array<wide, 2> exact(loss which, wide a, wide y) {
  const wide d = a - y, sign = d > 0 ? 1 : (d < 0 ? -1 : 0);
  switch (which) {
  case loss::mean_squared_error: return {d * d, 2 * d};
  case loss::mean_absolute_error: return {std::abs(d), sign};
  case loss::huber: return std::abs(d) < 1 ? std::array<wide, 2>{d * d / 2, d} : std::array<wide, 2>{std::abs(d) - wide(0.5), sign};
  default: break;
  }
  // σ(a) − 1 = −σ(−a), so that nothing cancels
  const auto sigmoid = [](wide z) { return 1 / (1 + std::exp(-z)); };
  return {std::max(a, wide(0)) - a * y + std::log1p(std::exp(-std::abs(a))), y == 1 ? -sigmoid(-a) : sigmoid(a) - y};
}

} // namespace

TEMPLATE_TEST_CASE("losses of finite outputs", "[fast_math]", float, double) {
  using T = TestType;
  for (const T a : {T(-1e30), T(-1e4), T(-100), T(-30), T(-1), T(0), T(0.5), T(3), T(45), T(89), T(1e4), T(1e30)})
    for (const T y : {T(0), T(1)})
      for (const auto which : {loss::mean_squared_error, loss::mean_absolute_error, loss::huber, loss::binary_cross_entropy}) {
        const auto found = loss_and_slope<T>(which, a, y);
        const auto wanted = exact(which, a, y);
        if (wanted[0] > wide(std::numeric_limits<T>::max())) continue; // the square of 1e30 is no float
        INFO("loss " << static_cast<int>(which) << " of " << a << " against " << y << ": " << found[0] << ", " << found[1]);
        CHECK(agrees(found[0], wanted[0]));
        // p − y of a p that is nearly y has lost its digits, with or without the flag.
        if (which == loss::binary_cross_entropy) CHECK(std::abs(found[1] - wanted[1]) <= 4 * std::numeric_limits<T>::epsilon());
        else CHECK(agrees(found[1], wanted[1]));
      }
}

TEMPLATE_TEST_CASE("rows of large numbers", "[fast_math]", float, double) {
  using T = TestType;
  for (const T z : {T(-1e30), T(0), T(100), T(1e30)}) {
    for (const T a : log_softmax<T>({z, z, z, z, z})) CHECK(agrees(a, -std::log(wide(5))));
    for (const T a : softmax<T>({z, z, z, z, z})) CHECK(agrees(a, wide(0.2)));
    const auto found = cross_entropy<T>({z, z, z, z, z}, 2);
    CHECK(agrees(found[0], std::log(wide(5))));
    for (std::size_t i = 0; i < 5; ++i) CHECK(found[i + 1] == Approx(i == 2 ? -0.8 : 0.2));
  }
  const auto far = cross_entropy<T>({T(1e30), T(0), T(-1e30), T(1), T(2)}, 2);
  CHECK(far[0] == Approx(2e30));
  CHECK(far[1] == 1);
  CHECK(far[3] == -1);
}
