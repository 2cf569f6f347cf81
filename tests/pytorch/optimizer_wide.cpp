#include "optimizer.hpp"

TEMPLATE_TEST_CASE("five steps of every optimizer on wide nets agree with PyTorch", "[pytorch]", float, double) {
  pytorch::optimizers<TestType, 17>();
  pytorch::optimizers<TestType, 33>();
  pytorch::optimizers<TestType, 64>();
  pytorch::optimizers<TestType, 128>();
  pytorch::optimizers<TestType, 784>();
}
