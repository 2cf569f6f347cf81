#include "activation/law.hpp"

#include "inlay/activation/tanh.hpp"

#include <bit>

TEMPLATE_TEST_CASE("tanh keeps the laws of activations", "[activation]", float, double) {
  CHECK(laws::same_everywhere<inlay::tanh, TestType>() == "");
  CHECK(laws::at_the_ends<inlay::tanh, TestType>({-1, 0, 1, 0}) == "");
}

TEST_CASE("tanh's derivative is its slope", "[activation]") {
  CHECK(laws::derivative_is_slope<inlay::tanh>() == "");
  STATIC_REQUIRE(laws::slope_error<inlay::tanh>(-0.7) < 1e-9);
  STATIC_REQUIRE(inlay::tanh::at(40.0f).derivative > 0); // 1 - tanh² would be zero from 9 on
}

TEST_CASE("tanh is odd and never above one", "[activation]") {
  std::array<float, 64> z{};
  for (std::uint32_t bits = 0x4100'0000; bits < 0x4111'0000; bits += z.size()) { // 8 to 9.06
    for (std::uint32_t i = 0; i < z.size(); ++i)
      z[i] = std::bit_cast<float>(bits + i);
    bool above = false, odd = true;
    laws::in_registers<inlay::tanh>(z, [&](const char*, float x, auto a) {
      above |= !(a.value <= 1);
      odd &= inlay::tanh::at(-x).value == -inlay::tanh::at(x).value;
    });
    REQUIRE_FALSE(above);
    REQUIRE(odd);
  }
}
