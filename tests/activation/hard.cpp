#include "activation/law.hpp"

#include "inlay/activation/hard.hpp"

using namespace inlay;
using laws::infinity;

TEMPLATE_TEST_CASE("hard_tanh, hard_sigmoid and hard_swish keep the laws of activations", "[activation]", float,
                   double) {
  CHECK(laws::same_everywhere<hard_tanh, TestType>() == "");
  CHECK(laws::same_everywhere<hard_sigmoid, TestType>() == "");
  CHECK(laws::same_everywhere<hard_swish, TestType>() == "");
  CHECK(laws::at_the_ends<hard_tanh, TestType>({-1, 0, 1, 0}) == "");
  CHECK(laws::at_the_ends<hard_sigmoid, TestType>({0, 0, 1, 0}) == "");
  CHECK(laws::at_the_ends<hard_swish, TestType>({0, 0, infinity, 1}) == "");
}

TEST_CASE("the hard forms' derivatives are their slopes, and PyTorch's at the kinks", "[activation]") {
  CHECK(laws::derivative_is_slope<hard_tanh>() == "");
  CHECK(laws::derivative_is_slope<hard_sigmoid>() == "");
  CHECK(laws::derivative_is_slope<hard_swish>() == "");
  STATIC_REQUIRE(hard_tanh::at(1.0).derivative == 0);
  STATIC_REQUIRE(hard_tanh::at(-1.0).derivative == 0);
  STATIC_REQUIRE(hard_sigmoid::at(3.0).derivative == 0);
  STATIC_REQUIRE(hard_sigmoid::at(-3.0).derivative == 0);
  STATIC_REQUIRE(hard_swish::at(3.0).derivative == 1);
  STATIC_REQUIRE(hard_swish::at(-3.0).derivative == 0);
}
