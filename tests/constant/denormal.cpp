// The caller's denormals count as zero, whether the compiler or the program computes.
#include "catch.hpp"

#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<1>, inlay::dense<1>>;

constexpr net_t net = [] {
  net_t made{};
  made.layer<1>().weight(0, 0) = 0x1p100f;
  return made;
}();
constexpr net_t::input_type denormal{0x1p-140f}, normal{0x1p-120f};

TEST_CASE("a denormal input is zero") {
  STATIC_REQUIRE(net(denormal)[0] == 0);
  STATIC_REQUIRE(net(normal)[0] == 0x1p-20f);
  CHECK(net(denormal)[0] == 0);
  CHECK(net(normal)[0] == 0x1p-20f);
}
