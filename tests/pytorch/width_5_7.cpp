#include "width.hpp"

TEMPLATE_TEST_CASE("nets of widths 5 and 7 agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 5>();
  pytorch::width<TestType, 7>();
}
