#include "width.hpp"

TEMPLATE_TEST_CASE("nets of widths 1 and 3 agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 1>();
  pytorch::width<TestType, 3>();
}
