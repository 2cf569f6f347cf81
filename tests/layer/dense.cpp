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
  CHECK(laws::broken<network<input<40>, dense<34, inlay::tanh>, dense<50, relu>, dense<33, softmax>>>() == "");
  CHECK(laws::broken<network<input<70>, dense<18, inlay::tanh>, dense<3>, dense<36>>>() == "");
  CHECK(laws::broken<basic_network<double, input<33>, dense<34, inlay::tanh>, dense<50, relu>, dense<26>>>() == "");
}

TEST_CASE("outputs beyond whole cache lines take a quarter of one where there are many inputs") {
  const auto numbers = []<class Net> { return Net::topology::storage; };
  CHECK(numbers.operator()<network<input<50>, dense<50>>>() == 64 + (50 * (48 + 4) + 8));
  CHECK(numbers.operator()<network<input<31>, dense<50>>>() == 64 + 31 * 64);
  CHECK(numbers.operator()<network<input<63>, dense<18>>>() == 32 + 63 * 32);
  CHECK(numbers.operator()<network<input<64>, dense<20>>>() == 32 + 64 * (16 + 4));
  CHECK(numbers.operator()<network<input<64>, dense<21>>>() == 32 + 64 * 32);
  CHECK(numbers.operator()<basic_network<double, input<64>, dense<18>>>() == 24 + 64 * (16 + 2));
  CHECK(numbers.operator()<basic_network<double, input<64>, dense<10>>>() == 16 + 64 * 16);
}

TEST_CASE("real nets of dense layers keep the laws") {
  CHECK(laws::broken<network<input<64>, dense<64, relu>, dense<64, relu>, dense<10>>>() == "");
  CHECK(laws::broken<basic_network<double, input<17>, dense<33, inlay::tanh>, dense<9, relu>, dense<7>>>() == "");
}
