#include "activation/law.hpp"

#include "inlay/activation/sigmoid.hpp"

TEMPLATE_TEST_CASE("sigmoid keeps the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<inlay::sigmoid, TestType>() == "");
  CHECK(laws::at_the_ends<inlay::sigmoid, TestType>({0, 0, 1, 0}) == "");
  STATIC_REQUIRE(inlay::sigmoid::at(TestType(0)).value == TestType(0.5));
  STATIC_REQUIRE(inlay::sigmoid::at(TestType(-80)).value > 0); // e^-80: no 1 - tanh
}

TEST_CASE("sigmoid's derivative is its slope", "[activation]") {
  CHECK(laws::derivative_is_slope<inlay::sigmoid>() == "");
  STATIC_REQUIRE(laws::slope_error<inlay::sigmoid>(0.7) < 1e-9);
}

TEMPLATE_TEST_CASE("the reciprocal of a gate has its stated error, and never is more than 1 + e^30", "[activation]", float, double) {
  laws::for_each_register<TestType>([]<class pack>() {
    alignas(64) TestType z[pack::lanes], found[pack::lanes];
    double worst = 0;
    for (int step = -4096; step < 4096; ++step) {
      for (std::size_t i = 0; i < pack::lanes; ++i)
        z[i] = TestType(step + static_cast<double>(i) / pack::lanes) * TestType(30.0 / 4096);
      inlay::sigmoid::reciprocal_of_gate(pack::load(z)).store(found);
      for (std::size_t i = 0; i < pack::lanes; ++i) {
        const double wanted = 1 + std::exp(-static_cast<double>(z[i]));
        worst = std::max(worst, std::abs(static_cast<double>(found[i]) - wanted) / wanted);
      }
    }
    CHECK(worst < 4 * static_cast<double>(std::numeric_limits<TestType>::epsilon()));
    inlay::sigmoid::reciprocal_of_gate(pack(-std::numeric_limits<TestType>::infinity())).store(found);
    CHECK(found[0] < TestType(1.1e13));
    inlay::sigmoid::reciprocal_of_gate(pack(std::numeric_limits<TestType>::infinity())).store(found);
    CHECK(found[0] <= 1 + TestType(1e-13));
    inlay::sigmoid::reciprocal_of_gate(pack(std::numeric_limits<TestType>::quiet_NaN())).store(found);
    CHECK(found[0] != found[0]);
  });
}
