#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("global_max_pool layers keep the laws") {
  CHECK(laws::toy_broken<network<input<2, 3, 2>, global_max_pool<>, dense<2>>>() == "");
  CHECK(laws::broken<network<input<3, 9, 7>, conv2d<8, 3, 3>, global_max_pool<>, dense<3>>>() == "");
}
