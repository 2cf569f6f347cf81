#include "activation/law.hpp"

#include "inlay/activation/softplus.hpp"

TEMPLATE_TEST_CASE("softplus keeps the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<inlay::softplus, TestType>() == "");
  CHECK(laws::at_the_ends<inlay::softplus, TestType>({0, 0, laws::infinity, 1}) == "");
}

TEST_CASE("softplus's derivative is its slope", "[activation]") {
  CHECK(laws::derivative_is_slope<inlay::softplus>() == "");
  STATIC_REQUIRE(laws::slope_error<inlay::softplus>(-0.7) < 1e-9);
}
