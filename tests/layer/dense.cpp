#include "laws/all.hpp"

#include "inlay/activation/relu.hpp"
#include "inlay/activation/softmax.hpp"
#include "inlay/activation/tanh.hpp"
#include "inlay/layer/dense.hpp"

using namespace inlay;

TEST_CASE("dense layers keep the laws") {
  CHECK(laws::toy_broken<network<input<3>, dense<5, inlay::tanh>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<3>, dense<5, inlay::tanh>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<1>, dense<1>>>() == "");
}

// 34 outputs are 32 and 2, of which the 2 are a map of their own.
TEST_CASE("dense layers whose last outputs lie by themselves keep the laws") {
  CHECK(laws::broken<network<input<64>, dense<34, inlay::tanh>, dense<66, relu>, dense<40, softmax>>>() == "");
  CHECK(laws::broken<network<input<128>, dense<18, inlay::tanh>, dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<64>, dense<34, inlay::tanh>, dense<68, relu>, dense<33>>>() == "");
}

TEST_CASE("outputs beyond whole cache lines take a quarter or half of one where there are many weights") {
  const auto numbers = []<class Net> { return Net::topology::storage; };
  CHECK(numbers.operator()<network<input<50>, dense<50>>>() == 64 + (50 * (48 + 4) + 8));
  CHECK(numbers.operator()<network<input<64>, dense<40>>>() == 48 + 64 * (32 + 8));
  CHECK(numbers.operator()<network<input<64>, dense<41>>>() == 48 + 64 * 48);
  CHECK(numbers.operator()<network<input<63>, dense<34>>>() == 48 + 63 * 48);
  CHECK(numbers.operator()<network<input<31>, dense<82>>>() == 96 + 31 * 96);
  CHECK(numbers.operator()<basic_network<double, input<64>, dense<34>>>() == 40 + 64 * (32 + 2));
  CHECK(numbers.operator()<basic_network<double, input<64>, dense<20>>>() == 24 + 64 * 24);
}

TEST_CASE("real nets of dense layers keep the laws") {
  CHECK(laws::broken<network<input<64>, dense<64, relu>, dense<64, relu>, dense<10>>>() == "");
  CHECK(laws::broken<basic_network<double, input<17>, dense<33, inlay::tanh>, dense<9, relu>, dense<7>>>() == "");
}
