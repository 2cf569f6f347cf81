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

// Of 4 inputs an output, 8 bytes of outputs are dot products, 16 of 16 inputs each; one fewer, and they are not. So are those that
// leave a quarter of their row empty, the last ones of 38 and 70, too.
TEST_CASE("dense layers of few outputs, whose weights lie output by output, keep the laws") {
  CHECK(laws::broken<network<input<70>, dense<4, relu>, dense<1>>>() == "");
  CHECK(laws::broken<network<input<8>, dense<2, inlay::tanh>, dense<19, relu>, dense<1, inlay::tanh>>>() == "");
  CHECK(laws::broken<network<input<7>, dense<64, relu>, dense<4, softmax>>>() == "");
  CHECK(laws::broken<network<input<300>, dense<3, relu>, dense<2>>>() == "");
  CHECK(laws::broken<network<input<64>, dense<38, inlay::tanh>, dense<70, relu>, dense<12, softmax>>>() == "");
  CHECK(laws::broken<network<input<100>, dense<9, inlay::tanh>, dense<40, relu>, dense<10>>>() == "");
  CHECK(laws::broken<network<input<32>, dense<6, relu>, dense<64, inlay::tanh>, dense<5>>>() == "");
  CHECK(laws::broken<basic_network<double, input<33>, dense<2, relu>, dense<5>, dense<1>>>() == "");
  CHECK(laws::broken<basic_network<double, input<40>, dense<6, inlay::tanh>, dense<32, relu>, dense<3>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<5>, dense<4, inlay::tanh>, dense<1>>>() == "");
}

TEST_CASE("few outputs of many inputs take rows of inputs") {
  const auto numbers = []<class Net> { return Net::topology::storage; };
  CHECK(numbers.operator()<network<input<64>, dense<1>>>() == 16 + 64);
  CHECK(numbers.operator()<network<input<3>, dense<1>>>() == 16 + 16); // 3 rows of 4
  CHECK(numbers.operator()<network<input<20>, dense<2>>>() == 16 + 2 * 32);
  CHECK(numbers.operator()<network<input<63>, dense<4>>>() == 16 + 63 * 4 + 4);
  CHECK(numbers.operator()<network<input<65>, dense<4>>>() == 16 + 4 * 80);
  CHECK(numbers.operator()<network<input<64>, dense<10>>>() == 16 + 10 * 64);
  CHECK(numbers.operator()<network<input<64>, dense<13>>>() == 16 + 64 * 16);
  CHECK(numbers.operator()<network<input<31>, dense<5>>>() == 16 + 31 * 8 + 8);
  CHECK(numbers.operator()<network<input<32>, dense<12>>>() == 16 + 32 * 16); // fewer than three inputs an output
  CHECK(numbers.operator()<network<input<37>, dense<10>>>() == 16 + 37 * 16); // rows of 48
  CHECK(numbers.operator()<network<input<32>, dense<6>>>() == 16 + 6 * 32);
  CHECK(numbers.operator()<basic_network<double, input<9>, dense<1>>>() == 8 + 16);
}

TEST_CASE("outputs beyond whole cache lines take a quarter or half of one where there are many weights") {
  const auto numbers = []<class Net> { return Net::topology::storage; };
  CHECK(numbers.operator()<network<input<50>, dense<50>>>() == 64 + 50 * 48 + 2 * 64);
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
