#include "width.hpp"

TEMPLATE_TEST_CASE("nets of width 128 agree with PyTorch", "[pytorch]", float, double) {
  pytorch::width<TestType, 128>();
}
