#include "optimizer.hpp"

TEMPLATE_TEST_CASE("five steps of every optimizer agree with PyTorch", "[pytorch]", float, double) {
  pytorch::optimizers<TestType, 1>();
  pytorch::optimizers<TestType, 3>();
  pytorch::optimizers<TestType, 5>();
  pytorch::optimizers<TestType, 7>();
  pytorch::optimizers<TestType, 9>();
  pytorch::optimizers<TestType, 16>();
  pytorch::optimizers<TestType, 17>();
  pytorch::optimizers<TestType, 33>();
  pytorch::optimizers<TestType, 64>();
  pytorch::optimizers<TestType, 128>();
  pytorch::optimizers<TestType, 784>();
}
