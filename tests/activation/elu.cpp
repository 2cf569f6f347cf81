#include "activation/law.hpp"

#include "inlay/activation/elu.hpp"

using laws::infinity;

TEMPLATE_TEST_CASE("elu, celu and selu keep the laws of activations", "[activation]", float, double) {
  using namespace inlay;
  CHECK(laws::same_everywhere<elu, TestType>() == "");
  CHECK(laws::same_everywhere<celu, TestType>() == "");
  CHECK(laws::same_everywhere<selu, TestType>() == "");
  CHECK(laws::at_the_ends<elu, TestType>({-1, 0, infinity, 1}) == "");
  CHECK(laws::at_the_ends<celu, TestType>({-1, 0, infinity, 1}) == "");
  CHECK(laws::at_the_ends<selu, TestType>({-1.7580993408473766, 0, infinity, 1.0507009873554805}) == "");
}

TEST_CASE("the derivatives of elu, celu and selu are their slopes, those from below at zero", "[activation]") {
  using namespace inlay;
  CHECK(laws::derivative_is_slope<elu>() == "");
  CHECK(laws::derivative_is_slope<selu>() == "");
  CHECK(laws::derivative_is_slope<elu_with<std::ratio<1, 2>>>() == "");
  CHECK(laws::derivative_is_slope<celu_with<std::ratio<1, 2>>>() == "");
  STATIC_REQUIRE(elu_with<std::ratio<1, 2>>::at(0.0).derivative == 0.5);
  STATIC_REQUIRE(celu_with<std::ratio<1, 2>>::at(0.0).derivative == 1);
  STATIC_REQUIRE(laws::slope_error<selu>(-1) < 1e-9);
}
