#include "width.hpp"

TEMPLATE_TEST_CASE("nets of width 784 agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 784>();
}
