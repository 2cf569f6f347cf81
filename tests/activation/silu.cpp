#include "activation/law.hpp"

#include "inlay/activation/silu.hpp"

TEMPLATE_TEST_CASE("silu keeps the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<inlay::silu, TestType>() == "");
  CHECK(laws::at_the_ends<inlay::silu, TestType>({0, 0, laws::infinity, 1}) == "");
}

TEST_CASE("silu's derivative is its slope", "[activation]") {
  CHECK(laws::derivative_is_slope<inlay::silu>() == "");
  STATIC_REQUIRE(laws::slope_error<inlay::silu>(-0.7) < 1e-9);
}
