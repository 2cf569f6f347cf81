#include "activation/law.hpp"

#include "inlay/activation/fast.hpp"

using namespace inlay;

TEMPLATE_TEST_CASE("fast_tanh and fast_sigmoid keep the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<fast_tanh, TestType>() == "");
  CHECK(laws::same_everywhere<fast_sigmoid, TestType>() == "");
  const double most = fast_tanh::at(3.0).value, largest = fast_sigmoid::at(6.0).value;
  CHECK(laws::at_the_ends<fast_tanh, TestType>({-most, 0, most, 0}) == "");
  CHECK(laws::at_the_ends<fast_sigmoid, TestType>({1 - largest, 0, largest, 0}) == "");
}

TEST_CASE("the derivatives of fast_tanh and fast_sigmoid are their own slopes", "[activation]") {
  CHECK(laws::derivative_is_slope<fast_tanh>() == "");
  CHECK(laws::derivative_is_slope<fast_sigmoid>() == "");
}

TEMPLATE_TEST_CASE("fast_tanh and fast_sigmoid never fall", "[activation]", fast_tanh, fast_sigmoid) {
  double before = -1;
  for (int i = -6000; i <= 6000; ++i) {
    const double a = TestType::at(i / 1000.0).value;
    REQUIRE(a >= before - 1e-15);
    before = a;
  }
}
