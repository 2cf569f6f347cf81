#include "width.hpp"

TEMPLATE_TEST_CASE("nets of widths 9 and 16 agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 9>();
  pytorch::width<TestType, 16>();
}
