#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("avg_pool2d layers keep the laws") {
  CHECK(laws::toy_broken<network<input<1, 4, 4>, avg_pool2d<2>, dense<2>>>() == "");
  CHECK(laws::broken<network<input<3, 9, 7>, conv2d<8, 3, 3>, avg_pool2d<3, 3, pool_options{.stride = 2, .padding = 1, .count_include_pad = false, .ceil_mode = true}>, dense<3>>>() == "");
}
