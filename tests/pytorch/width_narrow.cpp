#include "width.hpp"

TEMPLATE_TEST_CASE("narrow nets agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 1>();
  pytorch::width<TestType, 3>();
  pytorch::width<TestType, 5>();
  pytorch::width<TestType, 7>();
  pytorch::width<TestType, 9>();
}
