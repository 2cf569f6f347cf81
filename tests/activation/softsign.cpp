#include "activation/law.hpp"

#include "inlay/activation/softsign.hpp"

TEMPLATE_TEST_CASE("softsign keeps the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<inlay::softsign, TestType>() == "");
  CHECK(laws::at_the_ends<inlay::softsign, TestType>({-1, 0, 1, 0}) == "");
}

TEST_CASE("softsign's derivative is its slope", "[activation]") {
  CHECK(laws::derivative_is_slope<inlay::softsign>() == "");
  STATIC_REQUIRE(laws::slope_error<inlay::softsign>(-0.7) < 1e-9);
}
