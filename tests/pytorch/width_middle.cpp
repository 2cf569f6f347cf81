#include "width.hpp"

TEMPLATE_TEST_CASE("nets of a register or two agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 16>();
  pytorch::width<TestType, 17>();
  pytorch::width<TestType, 33>();
}
