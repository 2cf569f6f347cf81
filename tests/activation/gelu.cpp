#include "activation/law.hpp"

#include "inlay/activation/gelu.hpp"

using laws::infinity;

TEMPLATE_TEST_CASE("gelu and gelu_tanh keep the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<inlay::gelu, TestType>() == "");
  CHECK(laws::same_everywhere<inlay::gelu_tanh, TestType>() == "");
  CHECK(laws::at_the_ends<inlay::gelu, TestType>({0, 0, infinity, 1}) == "");
  CHECK(laws::at_the_ends<inlay::gelu_tanh, TestType>({0, 0, infinity, 1}) == "");
}

TEST_CASE("the derivatives of gelu and gelu_tanh are their slopes", "[activation]") {
  CHECK(laws::derivative_is_slope<inlay::gelu>() == "");
  CHECK(laws::derivative_is_slope<inlay::gelu_tanh>() == "");
  STATIC_REQUIRE(laws::slope_error<inlay::gelu>(-0.7) < 1e-9);
}

TEST_CASE("gelu keeps its digits in the tail", "[activation]") {
  // -12 erfc(12 / √2) / 2, to 17 digits; 1 + erf would give zero from -5.9 on.
  constexpr double exact = -2.1317785344932148e-32;
  CHECK(std::abs(inlay::gelu::at(-12.0).value / exact - 1) < 1e-14);
  CHECK(std::abs(static_cast<double>(inlay::gelu::at(-12.0f).value) / exact - 1) < 1e-6);
}
