#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("global_avg_pool layers keep the laws") {
  CHECK(laws::toy_broken<network<input<2, 3, 2>, global_avg_pool<>, dense<2>>>() == "");
  CHECK(laws::broken<network<input<3, 9, 7>, conv2d<8, 3, 3, inlay::tanh>, global_avg_pool<>, dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<19, 7>, global_avg_pool<>>>() == "");
}
