#include "loss/loss.hpp"

namespace {

template <class T>
using one = alone<T, 1, inlay::binary_cross_entropy>;

} // namespace

static_assert(one<double>::value({1e4}, std::array{0.0}) == 1e4);
static_assert(one<float>::slope({0}, std::array{0.25f})[0] == 0.25f);

TEMPLATE_TEST_CASE("binary cross entropy is the logistic loss of each logit", "[loss]", float, double) {
  using T = TestType;
  for (const double a : {-20.0, -3.0, -0.5, 0.0, 1.0, 7.0, 30.0})
    for (const double y : {0.0, 0.25, 1.0}) {
      INFO("a = " << a << ", y = " << y);
      const std::array<T, 1> target{static_cast<T>(y)};
      const double p = 1 / (1 + std::exp(-a));
      const double value = y * std::log1p(std::exp(-a)) + (1 - y) * std::log1p(std::exp(a));
      CHECK(one<T>::value({static_cast<T>(a)}, target) == Approx(value).epsilon(1e-5));
      CHECK(one<T>::slope({static_cast<T>(a)}, target)[0] == Approx(p - y).epsilon(1e-5).margin(1e-7));
    }
}

TEMPLATE_TEST_CASE("binary cross entropy of huge logits is finite, and exact", "[loss]", float, double) {
  using T = TestType;
  const std::array<T, 1> no{0}, yes{1};
  for (const T a : {T(1e4), T(1e30)}) {
    CHECK(one<T>::value({a}, yes) == 0);
    CHECK(one<T>::value({a}, no) == a);
    CHECK(one<T>::value({-a}, yes) == a);
    CHECK(one<T>::value({-a}, no) == 0);
    CHECK(one<T>::slope({a}, yes)[0] == 0);
    CHECK(one<T>::slope({a}, no)[0] == 1);
    CHECK(one<T>::slope({-a}, yes)[0] == -1);
    CHECK(one<T>::slope({-a}, no)[0] == 0);
  }
  CHECK(std::isnan(one<T>::value({not_a_number<T>}, yes)));
  CHECK(std::isnan(one<T>::slope({not_a_number<T>}, yes)[0]));
}
