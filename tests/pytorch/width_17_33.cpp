#include "width.hpp"

TEMPLATE_TEST_CASE("nets of widths 17 and 33 agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 17>();
  pytorch::width<TestType, 33>();
}
