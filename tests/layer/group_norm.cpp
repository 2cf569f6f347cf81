#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("group_norm layers keep the laws: one group, several, an instance norm; flat, over lines and images") {
  CHECK(laws::toy_broken<network<input<4>, group_norm<2>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 3>, group_norm<2>>>() == "");
  CHECK(laws::broken<network<input<3, 19>, conv1d<6, 3>, group_norm<3>, dense<7>>>() == "");
  CHECK(laws::broken<basic_network<double, input<3, 5, 4>, conv2d<18, 2, 2>, group_norm<1>, dense<2>>>() == "");
}
