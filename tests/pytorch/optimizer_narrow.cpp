#include "optimizer.hpp"

TEMPLATE_TEST_CASE("five steps of every optimizer on narrow nets agree with PyTorch", "[pytorch]", float, double) {
  pytorch::optimizers<TestType, 1>();
  pytorch::optimizers<TestType, 3>();
  pytorch::optimizers<TestType, 5>();
  pytorch::optimizers<TestType, 7>();
  pytorch::optimizers<TestType, 9>();
  pytorch::optimizers<TestType, 16>();
}
