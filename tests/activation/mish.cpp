#include "activation/law.hpp"

#include "inlay/activation/mish.hpp"

TEMPLATE_TEST_CASE("mish keeps the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<inlay::mish, TestType>() == "");
  CHECK(laws::at_the_ends<inlay::mish, TestType>({0, 0, laws::infinity, 1}) == "");
}

TEST_CASE("mish's derivative is its slope", "[activation]") {
  CHECK(laws::derivative_is_slope<inlay::mish>() == "");
  STATIC_REQUIRE(laws::slope_error<inlay::mish>(-0.7) < 1e-9);
}
