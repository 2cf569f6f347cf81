#include "loss/loss.hpp"

namespace {

template <class T>
using squared = alone<T, 3, inlay::mean_squared_error>;
template <class T>
using absolute = alone<T, 3, inlay::mean_absolute_error>;
template <class T>
using huber = alone<T, 3, inlay::huber>;

} // namespace

static_assert(alone<float, 2, inlay::mean_squared_error>::value({1, 2}, std::array{3.0f, 6.0f}) == 10);
static_assert(alone<float, 2, inlay::mean_squared_error>::slope({1, 2}, std::array{3.0f, 6.0f})[1] == -4);
static_assert(alone<double, 2, inlay::mean_absolute_error>::value({1, 2}, std::array{3.0, 6.0}) == 3);
static_assert(alone<double, 2, inlay::huber>::value({1, 2}, std::array{1.5, 6.0}) == (0.125 + 3.5) / 2);

TEMPLATE_TEST_CASE("regression losses are means over the outputs", "[loss]", float, double) {
  using T = TestType;
  const std::array<T, 3> a{1, -2, T(0.5)}, y{T(0.5), 1, T(0.5)};
  const T third = T(1) / 3;
  CHECK(squared<T>::value(a, y) == Approx(9.25 / 3));
  CHECK(squared<T>::slope(a, y) == std::array<T, 3>{third, -6 * third, 0});
  CHECK(absolute<T>::value(a, y) == Approx(3.5 / 3));
  CHECK(absolute<T>::slope(a, y) == std::array<T, 3>{third, -third, 0});
  CHECK(huber<T>::value(a, y) == Approx((0.125 + 2.5) / 3));
  CHECK(huber<T>::slope(a, y) == std::array<T, 3>{third / 2, -third, 0});
}

TEMPLATE_TEST_CASE("huber is quadratic up to 1, linear beyond, and smooth at 1", "[loss]", float, double) {
  using T = TestType;
  using one = alone<T, 1, inlay::huber>;
  const std::array<T, 1> zero{0};
  CHECK(one::value({1}, zero) == T(0.5));
  CHECK(one::slope({1}, zero)[0] == 1);
  CHECK(one::slope({-1}, zero)[0] == -1);
  CHECK(one::value({T(1e4)}, zero) == T(1e4 - 0.5));
  CHECK(one::slope({T(-1e4)}, zero)[0] == -1);
  CHECK(one::value({infinity<T>}, zero) == infinity<T>);
}

TEMPLATE_TEST_CASE("a NaN among the outputs is a NaN in the loss and in its own slope only", "[loss]", float,
                   double) {
  using T = TestType;
  const std::array<T, 3> a{1, not_a_number<T>, 1}, y{};
  const auto check = [&](T value, const std::array<T, 3>& slope) {
    CHECK(std::isnan(value));
    CHECK(std::isfinite(slope[0]));
    CHECK(std::isnan(slope[1]));
    CHECK(std::isfinite(slope[2]));
  };
  check(squared<T>::value(a, y), squared<T>::slope(a, y));
  check(absolute<T>::value(a, y), absolute<T>::slope(a, y));
  check(huber<T>::value(a, y), huber<T>::slope(a, y));
}
