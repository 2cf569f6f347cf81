#include "width.hpp"

TEMPLATE_TEST_CASE("wide nets agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 64>();
  pytorch::width<TestType, 128>();
  pytorch::width<TestType, 784>();
}
