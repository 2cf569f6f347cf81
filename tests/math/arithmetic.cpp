#include "math/law.hpp"

#include <limits>

using namespace inlay;

namespace {

/// f in registers of every width == f of scalars, within `units` of the scalar result.
template <class T, class F>
laws::finding alike(const char* name, F f, const std::vector<T>& z, double units = 0) {
  using namespace inlay::math;
  const auto scalar = [f](auto x) { return static_cast<decltype(x)>(f(static_cast<T>(x))); };
  const auto found = laws::accurate(f, scalar, z, units);
  return found.empty() ? found : name + (": " + found);
}

template <class T>
std::vector<T> everywhere(T largest) {
  auto z = laws::between<T>(-largest, largest, 500);
  for (const T small : laws::between<T>(-1, 1, 500))
    z.push_back(small * small * small);
  return z;
}

} // namespace

TEMPLATE_TEST_CASE("registers compute what scalars compute", "[math]", float, double) {
  using T = TestType;
  using namespace math;
  const auto z = everywhere<T>(1000), positive = laws::between<T>(T(1e-30), T(1e30), 500);
  const T bias = ieee<T>::bias;
#define SAME(...)                    \
  CHECK(alike<T>(                    \
            #__VA_ARGS__,            \
            [](auto x) {             \
              using V = decltype(x); \
              return V(__VA_ARGS__); \
            },                       \
            z) == "")
  SAME(minimum(V(T(2)), x));
  SAME(maximum(V(T(2)), x));
  SAME(select(x > V(T(1)), x, V(T(0))));
  SAME(select(x <= V(T(1)), x, V(T(0))));
  SAME(absolute(x));
  SAME(copy_sign(V(T(-3)), x));
  SAME(upper_half(x) * upper_half(x)); // exact
  SAME(nearest(x));
  SAME(nearest_with_power(x, V(T(0.0625))).integer);
  SAME(nearest_with_power(x, V(T(0.0625))).power);
  SAME(power_of_two(nearest(x * V(T(0.0625)))));
  SAME(flush_denormal(x * V(std::numeric_limits<T>::min())));
#undef SAME
  CHECK(alike<T>(
            "exponent", [](auto x) { return exponent(x); }, positive) == "");
  CHECK(alike<T>(
            "mantissa", [](auto x) { return mantissa(x); }, positive) == "");
  CHECK(alike<T>(
            "square root", [](auto x) { return square_root(x); }, positive, 1) == "");
  CHECK(alike<T>(
            "square root", [](auto x) { return square_root(x); }, {T(0), std::numeric_limits<T>::infinity()}) == "");
  CHECK(alike<T>(
            "reciprocal", [](auto x) { return reciprocal(x); }, positive, 2) == "");
  CHECK(alike<T>(
            "divide", [](auto x) { return divide(decltype(x)(T(3)), x); }, positive, 1) == "");
  CHECK(alike<T>(
            "divide", [](auto x) { return divide(x, decltype(x)(T(3))); }, z, 1) == "");
  CHECK(alike<T>(
            "over_root", [](auto x) { return over_root(x, x, decltype(x)(T(1e-8))); }, positive, 4) == ""); // 2^-21
  const std::vector<T> ends{0, std::numeric_limits<T>::min()};
  CHECK(alike<T>(
            "over_root", [](auto x) { return over_root(decltype(x)(T(3)), x, decltype(x)(T(1e-8))); }, ends, 4) == "");
  CHECK(alike<T>("the zero power", [=](auto x) { return nearest_with_power(x, decltype(x)(-bias)).power; }, {T(1)}) ==
        "");
  CHECK(alike<T>(
            "multiply_add", [](auto x) { return multiply_add(x, x, x * x); }, z, 1) == "");
  CHECK(alike<T>(
            "negated_multiply_add", [](auto x) { return negated_multiply_add(x, x, x * x * decltype(x)(T(4))); }, z,
            2) == "");
}

TEMPLATE_TEST_CASE("over_root of an infinite root moves nothing, and of a NaN is a NaN", "[math]", float, double) {
  using T = TestType;
  using math::over_root;
  laws::for_each_register<T>([]<class pack>() {
    alignas(64) T y[pack::lanes];
    over_root(pack(T(1)), pack(std::numeric_limits<T>::infinity()), pack(T(1e-8))).store(y);
    CHECK((y[0] >= 0 && y[0] <= T(1e-19)));
    over_root(pack(T(1)), pack(std::numeric_limits<T>::quiet_NaN()), pack(T(1e-8))).store(y);
    CHECK(y[0] != y[0]);
  });
}

TEMPLATE_TEST_CASE("minimum and maximum let a NaN through that comes second", "[math]", float, double) {
  using T = TestType;
  const T nan = std::numeric_limits<T>::quiet_NaN();
  CHECK(std::isnan(math::minimum(T(1), nan)));
  CHECK(math::minimum(nan, T(1)) == 1);
  laws::for_each_register<T>([&]<class pack>() {
    alignas(64) T y[pack::lanes];
    const auto check = [&](pack found) {
      found.store(y);
      INFO(pack::arch::name());
      CHECK(std::isnan(y[0]));
    };
    check(minimum(pack(T(1)), pack(nan)));
    check(maximum(pack(T(1)), pack(nan)));
  });
}
