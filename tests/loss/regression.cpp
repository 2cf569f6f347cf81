#include "last_words.hpp"

#include "loss/loss.hpp"

#include <limits>
#include <vector>

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

TEMPLATE_TEST_CASE("huber's delta is where it becomes linear", "[loss]", float, double) {
  using T = TestType;
  using one = alone<T, 1, inlay::huber>;
  const std::array<T, 1> zero{0};
  CHECK(inlay::huber{}.delta == 1);
  for (const double delta : {0.1, 0.5, 3.0}) {
    const inlay::huber loss{delta};
    const T d = static_cast<T>(delta);
    for (const T a : {d / 4, d, 2 * d, T(1e4)}) {
      INFO("a = " << a << ", delta = " << delta);
      CHECK(one::value({a}, zero, loss) == Approx(a < d ? a * a / 2 : d * (a - d / 2)));
      CHECK(one::value({-a}, zero, loss) == one::value({a}, zero, loss));
      CHECK(one::slope({a}, zero, loss)[0] == (a < d ? a : d));
      CHECK(one::slope({-a}, zero, loss)[0] == -(a < d ? a : d));
    }
  }
  // Whose delta is the default's where it is given to a batch or a step.
  using net_t = typename one::net_t;
  net_t net{}, grad{};
  const std::vector<std::array<T, 1>> xs(40, {T(8)}), ys(40, {T(0)});
  CHECK(inlay::backpropagate(net, xs, ys, inlay::huber{.5f}, grad) == Approx(0.5 * (8 - 0.25)));
  inlay::sgd<net_t> optimizer{};
  CHECK(inlay::train_step(net, optimizer, inlay::huber{.5f}, xs[0], ys[0]) == Approx(0.5 * (8 - 0.25)));
  CHECK(inlay::train_step(net, optimizer, inlay::huber{.5f}, xs, ys, grad) == Approx(0.5 * (8 - 0.25)));
}

TEST_CASE("a delta of huber's that is not above 0 ends the program with a line", "[loss]") {
  for (const double delta : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK(last_words([&] { CHECK(inlay::huber{delta}.delta > 0); }) == "inlay: huber: wanted a delta above 0; found another number\n");
  static_assert(inlay::huber{}.delta == 1 && inlay::huber{.5f}.delta == 0.5);
}

namespace {

/// The quantile loss (Koenker, Bassett 1978): a loss of the user's own.
struct pinball {
  double quantile = 0.5;

  template <class V>
  constexpr inlay::value_and_derivative<V> at(V a, V y) const noexcept {
    using T = inlay::math::scalar_of<V>;
    using inlay::math::maximum, inlay::math::select;
    const V above(static_cast<T>(quantile)), below(static_cast<T>(1 - quantile)), d = y - a;
    return {maximum(above * d, -below * d), select(d > V(T(0)), -above, below)};
  }
};

} // namespace

static_assert(alone<float, 2, pinball>::value({1, 2}, std::array{3.0f, 0.0f}, {0.75}) == (1.5f + 0.5f) / 2);

TEMPLATE_TEST_CASE("a loss of one's own is a function at(a, y)", "[loss]", float, double) {
  using T = TestType;
  using three = alone<T, 3, pinball>;
  const std::array<T, 3> a{1, -2, 4}, y{3, 2, 0};
  CHECK(three::value(a, y, {0.75}) == Approx((1.5 + 3 + 1) / 3));
  const auto slope = three::slope(a, y, {0.75});
  CHECK(slope[0] == Approx(-0.25));
  CHECK(slope[1] == Approx(-0.25));
  CHECK(slope[2] == Approx(0.25 / 3));
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
