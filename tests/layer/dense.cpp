#include "laws/all.hpp"

#include "inlay/activation/relu.hpp"
#include "inlay/activation/tanh.hpp"
#include "inlay/layer/dense.hpp"

using namespace inlay;

TEST_CASE("dense layers keep the laws") {
  CHECK(laws::toy_broken<network<input<3>, dense<5, inlay::tanh>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<3>, dense<5, inlay::tanh>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<1>, dense<1>>>() == "");
}

TEST_CASE("real nets of dense layers keep the laws") {
  CHECK(laws::broken<network<input<64>, dense<64, relu>, dense<64, relu>, dense<10>>>() == "");
  CHECK(laws::broken<basic_network<double, input<17>, dense<33, inlay::tanh>, dense<9, relu>, dense<7>>>() == "");
}
