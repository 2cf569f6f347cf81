#include "activation/law.hpp"

#include "inlay/activation/sigmoid.hpp"

TEMPLATE_TEST_CASE("sigmoid keeps the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<inlay::sigmoid, TestType>() == "");
  CHECK(laws::at_the_ends<inlay::sigmoid, TestType>({0, 0, 1, 0}) == "");
  STATIC_REQUIRE(inlay::sigmoid::at(TestType(0)).value == TestType(0.5));
  STATIC_REQUIRE(inlay::sigmoid::at(TestType(-80)).value > 0); // e^-80: no 1 - tanh
}

TEST_CASE("sigmoid's derivative is its slope", "[activation]") {
  CHECK(laws::derivative_is_slope<inlay::sigmoid>() == "");
  STATIC_REQUIRE(laws::slope_error<inlay::sigmoid>(0.7) < 1e-9);
}
