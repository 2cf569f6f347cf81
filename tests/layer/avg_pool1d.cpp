#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("avg_pool1d layers keep the laws") {
  CHECK(laws::toy_broken<network<input<2, 5>, avg_pool1d<2>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, input<3, 19>, conv1d<5, 3>, avg_pool1d<3, pool_options{.stride = 2, .padding = 1}>, dense<2>>>() == "");
}
